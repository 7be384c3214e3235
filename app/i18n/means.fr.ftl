# Moyens de connexion autres que le mot de passe ; `means.en.ftl` a les mêmes clés.

means-again = Pour changer vos moyens de connexion, prouvez encore une fois que c’est vous.
means-or = Ou sans mot de passe

means-passkeys = Clés d’accès
means-passkeys-about = Une clé d’accès reste sur votre téléphone, votre ordinateur ou votre clé de sécurité. Elle vous connecte par votre doigt, votre visage ou un code, sans mot de passe à retenir.
means-no-passkey = Vous n’en avez pas encore.
means-passkey-sign-in = Se connecter avec une clé d’accès
means-passkey-name = Nom de la clé d’accès
means-passkey-name-hint = Par exemple l’appareil qui la garde.
means-passkey-add = Ajouter une clé d’accès
means-passkey-remove = Retirer
means-passkey-remove-of = Retirer la clé d’accès « { $name } »
means-passkey-added-on = ajoutée le { $date }
means-passkey-used = · servie le { $date }
means-passkey-unused = · jamais servie
means-passkey-fresh = Pour ajouter ou retirer une clé d’accès, il faut s’être connecté·e depuis moins de dix minutes.
means-sign-in-again = Se connecter de nouveau

means-script = Les clés d’accès ont besoin de JavaScript.
means-unsupported = Ce navigateur ne connaît pas les clés d’accès.
means-waiting = Suivez ce que demande votre appareil.
means-cancelled = Rien n’a été fait : la demande a été annulée ou a duré trop longtemps. Vous pouvez recommencer.
means-known = Cet appareil garde déjà une clé d’accès à votre compte.
means-trouble = Cela n’a pas abouti. Rechargez la page, puis recommencez.

team-done-passkey-added = La clé d’accès est ajoutée.
team-done-passkey-removed = La clé d’accès est retirée, et vos autres sessions sont fermées.
team-did-passkey-add = Clé d’accès ajoutée
team-did-passkey-remove = Clé d’accès retirée
team-error-not_recognised = Cette preuve n’a pas été reconnue. Recommencez, ou connectez-vous par un autre moyen.
team-error-sign_in_again = Votre connexion date de plus de dix minutes. Connectez-vous de nouveau pour faire cela.

means-openid-sign-in = Se connecter avec { $provider }
means-openid-about = Liez votre compte à votre identité { $provider } pour vous connecter avec elle.
means-openid-bound = Votre compte est lié à votre identité { $provider } depuis le { $date }.
means-openid-bind = Lier mon compte à { $provider }
means-openid-unbind = Délier mon compte de { $provider }
means-openid-fresh = Pour lier ou délier votre compte, il faut s’être connecté·e depuis moins de dix minutes.
means-openid-joins = Indiquez seulement votre nom : { $provider } confirmera que l’adresse { $email } est la vôtre.
means-openid-join = Créer le compte avec { $provider }
means-no-password = Votre compte n’a pas de mot de passe.
means-choose-password = Recevoir un lien pour en choisir un
means-away-title = Vous allez vers { $provider }
means-away = { $provider } va vous demander qui vous êtes, puis vous ramener ici.
means-farewell-title = Vous êtes déconnecté·e de Recueil
means-farewell = Votre session chez { $provider } va se fermer aussi.
means-go-on = Continuer

team-done-identity-bound = Votre compte est lié.
team-done-identity-unbound = Votre compte est délié, et vos autres sessions sont fermées.
team-did-identity-bind = Compte lié à une identité
team-did-identity-unbind = Compte délié d’une identité
team-error-provider_down = Le service d’identité ne répond pas. Connectez-vous par un autre moyen, ou réessayez plus tard.

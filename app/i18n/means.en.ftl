# Means of signing in beside passwords; `means.fr.ftl` has the same keys.

means-again = To change how you sign in, prove once more that it is you.
means-or = Or without a password

means-passkeys = Passkeys
means-passkeys-about = A passkey stays on your phone, your computer or your security key. It signs you in by your finger, your face or a code, without a password to remember.
means-no-passkey = You have none yet.
means-passkey-sign-in = Sign in with a passkey
means-passkey-name = Name of the passkey
means-passkey-name-hint = For example the device that keeps it.
means-passkey-add = Add a passkey
means-passkey-remove = Remove
means-passkey-remove-of = Remove the passkey “{ $name }”
means-passkey-added-on = added on { $date }
means-passkey-used = · used on { $date }
means-passkey-unused = · never used
means-passkey-fresh = To add or remove a passkey, you must have signed in less than ten minutes ago.
means-sign-in-again = Sign in again

means-script = Passkeys need JavaScript.
means-unsupported = This browser does not know passkeys.
means-waiting = Follow what your device asks for.
means-cancelled = Nothing was done: the request was cancelled or took too long. You can try again.
means-known = This device keeps a passkey of your account already.
means-trouble = That did not work. Reload the page, then try again.

team-done-passkey-added = The passkey is added.
team-done-passkey-removed = The passkey is removed, and your other sessions have ended.
team-did-passkey-add = Passkey added
team-did-passkey-remove = Passkey removed
team-error-not_recognised = This proof was not recognised. Try again, or sign in by other means.
team-error-sign_in_again = You signed in more than ten minutes ago. Sign in again to do this.

means-openid-sign-in = Sign in with { $provider }
means-openid-about = Bind your account to your { $provider } identity to sign in with it.
means-openid-bound = Your account is bound to your { $provider } identity since { $date }.
means-openid-bind = Bind my account to { $provider }
means-openid-unbind = Unbind my account from { $provider }
means-openid-fresh = To bind or unbind your account, you must have signed in less than ten minutes ago.
means-openid-joins = Give your name only: { $provider } will confirm that the address { $email } is yours.
means-openid-join = Create the account with { $provider }
means-no-password = Your account has no password.
means-choose-password = Get a link to choose one
means-away-title = You are going to { $provider }
means-away = { $provider } will ask who you are, then bring you back here.
means-farewell-title = You are signed out of Recueil
means-farewell = Your session at { $provider } will be closed too.
means-go-on = Continue

team-done-identity-bound = Your account is bound.
team-done-identity-unbound = Your account is unbound, and your other sessions have ended.
team-did-identity-bind = Account bound to an identity
team-did-identity-unbind = Account unbound from an identity
team-error-provider_down = The identity service does not answer. Sign in by other means, or try again later.

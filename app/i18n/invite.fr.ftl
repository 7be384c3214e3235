
## Invitations

optout-title = Ne plus recevoir de message
optout-lead = Vous ne recevrez plus de message au sujet de cette enquête : « { $title } ».
optout-note = Votre lien personnel restera valable : vous pourrez répondre si vous changez d’avis.
optout-confirm = Ne plus m’écrire
optout-done-title = Nous ne vous écrirons plus
optout-done = C’est noté : vous ne recevrez plus de message au sujet de cette enquête. Un message déjà parti peut encore vous parvenir.

problem-full-title = Cette enquête a reçu toutes les réponses prévues
problem-full = Elle n’en accepte plus. Merci de votre intérêt.
problem-not-invited-title = Cette enquête est ouverte sur invitation
problem-not-invited = Pour répondre, ouvrez le lien personnel du message que vous avez reçu. Sans message, adressez-vous à l’équipe de l’enquête.
problem-link-title = Ce lien n’ouvre pas de questionnaire
problem-link = Il est peut-être incomplet, ou il a déjà servi. Ouvrez-le depuis le message que vous avez reçu, en entier.
problem-answered-title = Vous avez déjà répondu
problem-answered = Des réponses ont été envoyées avec cette invitation, et elle ne sert qu’une fois. Merci !

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

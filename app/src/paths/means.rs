//! Addresses of means of signing in beside passwords.

/// Where a browser asks for a challenge to sign in with a passkey.
pub const PASSKEY_CHALLENGE: &str = "/studio/sign-in/passkey/challenge";
/// Where it brings the proof.
pub const PASSKEY_SIGN_IN: &str = "/studio/sign-in/passkey";
/// Where a browser asks for a challenge to make a passkey.
pub const NEW_PASSKEY_CHALLENGE: &str = "/studio/account/passkey/challenge";
/// Where it brings the passkey.
pub const NEW_PASSKEY: &str = "/studio/account/passkey";

/// Where the form posts that leads to an OpenID provider.
pub const OPENID: &str = "/studio/sign-in/openid";
/// Where the form posts that leads whoever was invited to an OpenID provider.
pub const OPENID_JOIN: &str = "/studio/sign-in/openid/join";
/// Where the provider sends people back to.
pub const OPENID_RETURN: &str = "/studio/sign-in/openid/return";
/// Where the form posts that binds an account to somebody at the provider.
pub const BIND_OPENID: &str = "/studio/account/openid";

/// What follows `?` where somebody who is signed in is to sign in again.
pub const AGAIN: &str = "again=yes";

/// Where a browser asks for a challenge to sign in with a passkey.
#[must_use]
pub fn passkey_challenge() -> String {
    PASSKEY_CHALLENGE.to_owned()
}

/// Where it brings the proof.
#[must_use]
pub fn passkey_sign_in() -> String {
    PASSKEY_SIGN_IN.to_owned()
}

/// Where a browser asks for a challenge to make a passkey.
#[must_use]
pub fn new_passkey_challenge() -> String {
    NEW_PASSKEY_CHALLENGE.to_owned()
}

/// Where it brings the passkey.
#[must_use]
pub fn new_passkey() -> String {
    NEW_PASSKEY.to_owned()
}

/// Where the form posts that leads to an OpenID provider.
#[must_use]
pub fn openid() -> String {
    OPENID.to_owned()
}

/// Where the form posts that leads whoever was invited to an OpenID provider.
#[must_use]
pub fn openid_join() -> String {
    OPENID_JOIN.to_owned()
}

/// Where the provider sends people back to.
#[must_use]
pub fn openid_return() -> String {
    OPENID_RETURN.to_owned()
}

/// Where the form posts that binds an account to somebody at the provider.
#[must_use]
pub fn bind_openid() -> String {
    BIND_OPENID.to_owned()
}

/// Signing in again although one is, and going on to an address of this site.
///
/// ```
/// let to = app::paths::sign_in_again("/studio/account");
/// assert_eq!(to, "/studio/sign-in?next=%2Fstudio%2Faccount&again=yes");
/// ```
#[must_use]
pub fn sign_in_again(next: &str) -> String {
    format!("{}&{AGAIN}", super::sign_in_to(next))
}

//! Passwords: which are good enough, their hashes, and how long it takes to look at one.

use crate::{Result, ServiceError};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;

/// Fewest characters of a password. There are no rules about which ones (ASVS 5.0, 6.2).
pub(crate) const MIN_LENGTH: usize = 12;
/// Most bytes of a password: hashing more would serve nobody.
pub(crate) const MAX_LENGTH: usize = 512;
/// How many are hashed at once: each takes a core and 19 MiB.
const AT_ONCE: usize = 2;
const SALT_BYTES: usize = 16;

/// A hash of no password, looked at where there is none, so that it takes as long.
static NOBODY: LazyLock<Option<String>> =
    LazyLock::new(|| hash_now("nobody has this password", &[0; SALT_BYTES]));

/// Hashes passwords, a few at a time and off the threads that serve requests.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    gate: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            gate: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Passwords {
    /// The hash of a password, as a PHC string (argon2id).
    pub(crate) async fn hash(&self, password: &str, salt: [u8; SALT_BYTES]) -> Result<String> {
        let password = password.to_owned();
        self.apart(move || hash_now(&password, &salt))
            .await?
            .ok_or_else(|| ServiceError::unreadable("password", "it cannot be hashed"))
    }

    /// Whether a password is the one of a hash. Without a hash it takes as long, and is none.
    pub(crate) async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool> {
        // More is nobody's password, and would take longer to look at.
        let (is_short, password) = match password.len() {
            0..=MAX_LENGTH => (true, password.to_owned()),
            _ => (false, String::new()),
        };
        let is_some = hash.is_some();
        let is_it = self
            .apart(move || {
                let hash = hash.or_else(|| NOBODY.clone());
                hash.is_some_and(|it| verify_now(&password, &it))
            })
            .await?;
        Ok(is_it && is_some && is_short)
    }

    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let gate = Arc::clone(&self.gate);
        let turn = gate
            .acquire_owned()
            .await
            .map_err(|_| ServiceError::Stopping)?;
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        })
        .await
        .map_err(|_| ServiceError::Stopping)
    }
}

fn hash_now(password: &str, salt: &[u8]) -> Option<String> {
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt);
    Some(hash.ok()?.to_string())
}

fn verify_now(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|it| {
        Argon2::default()
            .verify_password(password.as_bytes(), &it)
            .is_ok()
    })
}

/// Whether a password is good enough for somebody: long, and hard to guess for whoever knows their
/// name, their address and the passwords that people use.
///
/// # Errors
/// [`ServiceError::WeakPassword`]
pub(crate) fn must_be_strong(password: &str, about: &[&str]) -> Result<()> {
    const HARD_TO_GUESS: zxcvbn::Score = zxcvbn::Score::Three;
    let length = password.chars().count();
    if length < MIN_LENGTH || password.len() > MAX_LENGTH {
        return Err(ServiceError::WeakPassword);
    }
    const BETWEEN: [char; 4] = ['@', '.', ' ', '-'];
    let mut known: Vec<String> = vec!["recueil".to_owned()];
    for it in about {
        known.extend(it.split(BETWEEN).map(str::to_owned));
        // « annedurand », as many write themselves.
        let local = it.split('@').next().unwrap_or_default();
        known.push(local.replace(BETWEEN, "").to_lowercase());
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    // A long one is judged by its beginning: the estimate's cost grows with the length.
    let beginning: String = password.chars().take(100).collect();
    if zxcvbn::zxcvbn(&beginning, &known).score() >= HARD_TO_GUESS {
        Ok(())
    } else {
        Err(ServiceError::WeakPassword)
    }
}

#[cfg(test)]
mod tests {
    use super::{Passwords, must_be_strong};

    #[test]
    fn weak_passwords() {
        let about = ["anne.durand@exemple.fr", "Anne Durand"];
        for weak in [
            "",
            "court",
            "motdepasse123",
            "azertyuiop12",
            "aaaaaaaaaaaaaaaa",
            "annedurand2024",
            "recueilrecueil",
            "123456789012",
        ] {
            assert!(must_be_strong(weak, &about).is_err(), "{weak}");
        }
        for strong in [
            "vélo mauve sous la pluie",
            "k8#tR2p!wQ9z",
            "bruine-clavier-orge-59",
        ] {
            assert!(must_be_strong(strong, &about).is_ok(), "{strong}");
        }
        assert!(must_be_strong(&"é".repeat(300), &about).is_err());
    }

    #[tokio::test]
    async fn hashes_and_verifies() {
        let passwords = Passwords::default();
        let hash = passwords
            .hash("vélo mauve sous la pluie", [1; 16])
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let verify = async |it: &str, hash: Option<&String>| {
            passwords.verify(it, hash.cloned()).await.unwrap()
        };
        assert!(verify("vélo mauve sous la pluie", Some(&hash)).await);
        assert!(!verify("vélo mauve sous la pluiE", Some(&hash)).await);
        assert!(!verify("nobody has this password", None).await);
        assert!(!verify("", None).await);
        assert!(!verify(&"x".repeat(1 << 20), Some(&hash)).await);
        assert!(!verify("x", Some(&"$argon2id$nonsense".to_owned())).await);
    }
}

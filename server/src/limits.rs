//! How many secrets may be tried that lead nowhere.
//!
//! Nothing of an address is kept: what is counted stands under a hash whose key is made anew with
//! each window and never leaves memory.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::peer::Peer;

/// After so long all is forgotten.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Wrong codes for one wave from one address in a window.
const MAX_WRONG: u32 = 20;
/// Wrong links of invitations from one address in a window. Nobody guesses one of 128 bits; what ends
/// here is the noise of trying. A town hall may be many people behind one address.
const MAX_WRONG_LINKS: u32 = 100;
/// Stands for all links; no wave's name holds a slash.
const LINKS: &str = "i/";
/// Addresses that are told apart; further ones share one count.
const MAX_KNOWN: usize = 50_000;

/// Counts of codes that were tried.
#[derive(Debug)]
pub(crate) struct Limits(Mutex<Tries>);

#[derive(Debug)]
struct Tries {
    key: RandomState,
    since: Instant,
    by_peer: HashMap<u64, u32>,
}

impl Limits {
    pub(crate) fn new(now: Instant) -> Self {
        Self(Mutex::new(Tries::new(now)))
    }

    /// Counts one more try and says whether it may be made. Counted beforehand, so that many at
    /// once are not more than many one after the other.
    pub(crate) fn try_code(&self, wave: &str, peer: Option<Peer>, now: Instant) -> bool {
        self.with(wave, peer, now, |n| {
            *n = n.saturating_add(1);
            *n <= MAX_WRONG
        })
    }

    /// The code was right: the try does not count.
    pub(crate) fn was_right(&self, wave: &str, peer: Option<Peer>, now: Instant) {
        self.with(wave, peer, now, |n| *n = n.saturating_sub(1));
    }

    /// As [`Limits::try_code`], for the link of an invitation.
    pub(crate) fn try_link(&self, peer: Option<Peer>, now: Instant) -> bool {
        self.with(LINKS, peer, now, |n| {
            *n = n.saturating_add(1);
            *n <= MAX_WRONG_LINKS
        })
    }

    /// As [`Limits::was_right`], for the link of an invitation.
    pub(crate) fn link_was_right(&self, peer: Option<Peer>, now: Instant) {
        self.was_right(LINKS, peer, now);
    }

    fn with<T>(
        &self,
        wave: &str,
        peer: Option<Peer>,
        now: Instant,
        count: impl FnOnce(&mut u32) -> T,
    ) -> T {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.saturating_duration_since(tries.since) >= WINDOW {
            *tries = Tries::new(now);
        }
        let mut at = tries.key.hash_one((wave, peer.map(Peer::network)));
        if tries.by_peer.len() >= MAX_KNOWN && !tries.by_peer.contains_key(&at) {
            at = 0;
        }
        count(tries.by_peer.entry(at).or_default())
    }
}

impl Tries {
    fn new(now: Instant) -> Self {
        Self {
            key: RandomState::new(),
            since: now,
            by_peer: HashMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, MAX_WRONG, WINDOW};
    use crate::peer::Peer;
    use std::time::Instant;

    #[test]
    fn wrong_codes_are_counted_by_wave_and_address() {
        let start = Instant::now();
        let limits = Limits::new(start);
        let peer = |text: &str| Some(Peer(text.parse().unwrap()));
        let one = peer("192.0.2.1");
        // Who knows their code may come as often as they like.
        for _ in 0..100 {
            assert!(limits.try_code("cls", one, start));
            limits.was_right("cls", one, start);
        }
        for _ in 0..MAX_WRONG {
            assert!(limits.try_code("cls", one, start));
        }
        assert!(!limits.try_code("cls", one, start));
        // The same address, written as IPv6 does, is the same one.
        assert!(!limits.try_code("cls", peer("::ffff:192.0.2.1"), start));
        for (wave, other) in [
            ("asv", one),
            ("cls", peer("192.0.2.2")),
            ("cls", peer("2001:db8::1")),
            ("cls", None),
        ] {
            assert!(limits.try_code(wave, other, start));
        }
        assert!(limits.try_code("cls", one, start + WINDOW));
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let start = Instant::now();
        let limits = Limits::new(start);
        for nth in 0..MAX_WRONG {
            let peer = format!("2001:db8::{nth:x}").parse().unwrap();
            assert!(limits.try_code("cls", Some(Peer(peer)), start));
        }
        let peer = "2001:db8::ffff".parse().unwrap();
        assert!(!limits.try_code("cls", Some(Peer(peer)), start));
        let peer = "2001:db8:1::1".parse().unwrap();
        assert!(limits.try_code("cls", Some(Peer(peer)), start));
    }
}

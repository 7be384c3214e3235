//! An authenticator of a few lines: makes passkeys and answers challenges, rightly or, when told to, wrongly.

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// A device with one passkey.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) key: SigningKey,
    pub(crate) id: Vec<u8>,
    /// The account's handle, in base64url.
    pub(crate) user: String,
    pub(crate) counter: u32,
    pub(crate) origin: String,
    pub(crate) site: String,
    /// Whether it asked for a PIN or a finger.
    pub(crate) verifies: bool,
}

impl Device {
    /// A device at an address.
    pub(crate) fn at(origin: &str) -> Self {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes).unwrap();
        let site = origin.split("://").nth(1).unwrap();
        Self {
            key: SigningKey::from_slice(&bytes[..32]).unwrap(),
            id: bytes[32..].to_vec(),
            user: String::new(),
            counter: 1,
            origin: origin.to_owned(),
            site: site.split(':').next().unwrap().to_owned(),
            verifies: true,
        }
    }

    /// Makes its passkey as it is asked to.
    pub(crate) fn make(&mut self, ask: &Value) -> Value {
        let ask = &ask["publicKey"];
        self.user = ask["user"]["id"].as_str().unwrap().to_owned();
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().unwrap());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().unwrap());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        json!({
            "id": text(&self.id),
            "rawId": text(&self.id),
            "type": "public-key",
            "response": {
                "attestationObject": text(&object),
                "clientDataJSON": text(&self.client("webauthn.create", ask)),
            },
        })
    }

    /// Answers a challenge.
    pub(crate) fn answer(&mut self, ask: &Value) -> Value {
        self.counter += 1;
        let data = self.data(0);
        let client = self.client("webauthn.get", &ask["publicKey"]);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client));
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": text(&self.id),
            "rawId": text(&self.id),
            "type": "public-key",
            "response": {
                "authenticatorData": text(&data),
                "clientDataJSON": text(&client),
                "signature": text(signature.to_der().as_bytes()),
                "userHandle": self.user,
            },
        })
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.site.as_bytes()).to_vec();
        data.push(PRESENT | verified | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, what: &str, ask: &Value) -> Vec<u8> {
        let client = json!({
            "type": what,
            "challenge": ask["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        client.to_string().into_bytes()
    }
}

/// Base64url without padding.
fn text(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |it, at| {
            it << 8 | u32::from(*three.get(at).unwrap_or(&0))
        });
        for at in 0..=three.len() {
            let six = word >> (18 - 6 * at) & 63;
            out.push(char::from(ALPHABET[usize::try_from(six).unwrap()]));
        }
    }
    out
}

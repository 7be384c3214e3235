//! Passkeys: keys on people's devices that sign them in, without a password and without an address.
//!
//! A passkey is discoverable: the device says whose it is. So nothing is asked before, and there is nothing by
//! which one could learn who has an account.

use super::ceremonies::Begun;
use super::limits::Allowance;
use super::roles::Actor;
use super::secret::Secret;
use super::{Opened, SignedIn, Team, Visitor, name};
use crate::chance::hex;
use crate::{Result, ServiceError};
use serde_json::Value;
use store::{Account, CeremonyPurpose, Means, Passkey as Row, PasskeyId, PasskeyUse, StoreError};
use time::{Date, Duration};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// How long somebody may take: to find the key, to type the PIN. Also what browsers are told.
const LASTS: Duration = Duration::minutes(5);
/// Failed proofs with the passkeys of one account; apart from passwords, so that whoever guesses at those does
/// not keep its owner out.
const PER_ACCOUNT: Allowance = Allowance {
    attempts: 10,
    one_each: Duration::minutes(3),
};
/// What an unknown passkey is compared with, in vain, so that it takes as long as a known one. Its private key is
/// no secret; nothing it signs is accepted.
const DECOY: &str = include_str!("decoy.json");

/// What passkeys are made for: this site, at this address and no other.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    webauthn: Webauthn,
    decoy: Passkey,
}

impl RelyingParty {
    /// The site at the address that people use; `None` where browsers make no passkeys: without HTTPS, except
    /// for `localhost`, and for bare network addresses.
    ///
    /// ```
    /// use service::team::RelyingParty;
    /// assert!(RelyingParty::at("https://enquetes.example.org").is_some());
    /// assert!(RelyingParty::at("http://localhost:3000").is_some());
    /// assert!(RelyingParty::at("http://enquetes.example.org").is_none());
    /// assert!(RelyingParty::at("https://192.0.2.1").is_none());
    /// ```
    #[must_use]
    pub fn at(public: &str) -> Option<Self> {
        let origin = Url::parse(public).ok()?;
        let domain = origin.domain()?;
        let is_local = domain == "localhost" || domain.ends_with(".localhost");
        if origin.scheme() != "https" && !(origin.scheme() == "http" && is_local) {
            return None;
        }
        let builder = WebauthnBuilder::new(domain, &origin).ok()?;
        let patience = std::time::Duration::try_from(LASTS).ok()?;
        let webauthn = builder.rp_name("Recueil").timeout(patience).build().ok()?;
        let decoy = serde_json::from_str(DECOY).ok()?;
        Some(Self { webauthn, decoy })
    }
}

/// A passkey in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyInfo {
    /// Its key.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// The day on which it was added.
    pub added_on: Date,
    /// The last day on which it signed somebody in.
    pub used_on: Option<Date>,
}

impl Team<'_> {
    /// The passkeys of somebody, by name.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn passkeys(&self, who: &SignedIn) -> Result<Vec<PasskeyInfo>> {
        who.in_person()?;
        let all = self.0.store().passkeys().of_account(who.id()).await?;
        let infos = all.into_iter().map(|it| PasskeyInfo {
            id: it.id,
            name: it.name,
            added_on: it.created_at.date(),
            used_on: it.used_on,
        });
        Ok(infos.collect())
    }

    /// Begins to add a passkey: the answer is what the browser asks a device with.
    ///
    /// # Errors
    /// [`ServiceError::SignInAgain`] if the last sign-in is not fresh.
    pub async fn begin_passkey(
        &self,
        party: &RelyingParty,
        who: &SignedIn,
    ) -> Result<Begun<Value>> {
        self.freshly(who)?;
        let present = self.0.store().passkeys().of_account(who.id()).await?;
        let present = present
            .iter()
            .map(|it| Ok(read(it)?.cred_id().clone()))
            .collect::<Result<Vec<_>>>()?;
        let (ask, state) = party
            .webauthn
            .start_passkey_registration(who.id().0, who.email(), who.name(), Some(present))
            .map_err(|it| fault(&it))?;
        // A key that the device does not find by itself could not sign anybody in here.
        let mut ask = json(&ask)?;
        let selection = &mut ask["publicKey"]["authenticatorSelection"];
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
        let (purpose, account) = (CeremonyPurpose::AddPasskey, Some(who.id()));
        self.begin(purpose, account, &state, LASTS, ask).await
    }

    /// Adds the passkey that a device made, under a name.
    ///
    /// # Errors
    /// [`ServiceError::BadName`], [`ServiceError::NotRecognised`] if the answer does not fit what was begun by
    /// the same person in the same browser, [`ServiceError::Taken`] if it was added before.
    pub async fn add_passkey(
        &self,
        party: &RelyingParty,
        who: &SignedIn,
        ceremony: &Secret,
        given_name: &str,
        answer: Value,
    ) -> Result<()> {
        who.in_person()?;
        let name = name(given_name)?;
        let begun = self.finish(ceremony, CeremonyPurpose::AddPasskey).await?;
        let Some((Some(account), state)) = begun else {
            return Err(ServiceError::NotRecognised);
        };
        let state: PasskeyRegistration = state;
        if account != who.id() {
            return Err(ServiceError::NotRecognised);
        }
        let answer: RegisterPublicKeyCredential =
            serde_json::from_value(answer).map_err(|_| ServiceError::NotRecognised)?;
        let made = party
            .webauthn
            .finish_passkey_registration(&answer, &state)
            .map_err(|it| refused(&it))?;
        let now = self.0.now();
        let row = Row {
            id: PasskeyId(self.0.chance().uuid_v4()?),
            account,
            credential_id: hex(made.cred_id()),
            credential: json(&made)?.to_string(),
            counter: 0,
            name,
            created_at: now,
            used_on: None,
        };
        let mut entry = Actor::of(who).entry(now, "passkey.add", who.email());
        entry.after = Some(serde_json::json!({ "name": row.name }).to_string());
        Ok(self.0.store().passkeys().add(row, entry).await?)
    }

    /// Removes a passkey of somebody and ends their other sessions: it may have opened one of them, and who
    /// removes a key has often lost a device.
    ///
    /// # Errors
    /// [`ServiceError::SignInAgain`] if the last sign-in is not fresh, [`ServiceError::LinkGone`] if there is no
    /// such passkey.
    pub async fn remove_passkey(&self, who: &SignedIn, id: PasskeyId) -> Result<()> {
        let session = self.freshly(who)?.to_owned();
        let passkeys = self.0.store().passkeys();
        let all = passkeys.of_account(who.id()).await?;
        let removed = all.into_iter().find(|it| it.id == id);
        let removed = removed.ok_or(ServiceError::LinkGone)?;
        let mut entry = Actor::of(who).entry(self.0.now(), "passkey.remove", who.email());
        entry.before = Some(serde_json::json!({ "name": removed.name }).to_string());
        let done = passkeys.remove(who.id(), id, session, entry).await;
        done.map_err(|error| match error {
            StoreError::NotFound("passkey") => ServiceError::LinkGone,
            other => other.into(),
        })
    }

    /// Begins a sign-in with a passkey, whoever's: the answer is the same for everybody, but for the challenge.
    ///
    /// # Errors
    /// [`ServiceError::TooMany`]
    pub async fn begin_passkey_sign_in(
        &self,
        party: &RelyingParty,
        visitor: &Visitor,
    ) -> Result<Begun<Value>> {
        self.attempt_from(visitor)?;
        let begun = party.webauthn.start_discoverable_authentication();
        let (mut ask, state) = begun.map_err(|it| fault(&it))?;
        // A button asks for it; it does not wait in the address field.
        ask.mediation = None;
        let (purpose, ask) = (CeremonyPurpose::PasskeySignIn, json(&ask)?);
        self.begin(purpose, None, &state, LASTS, ask).await
    }

    /// Signs in whoever holds a passkey. An unknown passkey and a wrong proof are answered alike and take as long.
    ///
    /// # Errors
    /// [`ServiceError::NotRecognised`], or [`ServiceError::TooMany`] after too many wrong proofs.
    pub async fn sign_in_with_passkey(
        &self,
        party: &RelyingParty,
        ceremony: &Secret,
        answer: Value,
        visitor: &Visitor,
    ) -> Result<Opened> {
        let begun = self
            .finish(ceremony, CeremonyPurpose::PasskeySignIn)
            .await?;
        let (_, state): (_, DiscoverableAuthentication) =
            begun.ok_or(ServiceError::NotRecognised)?;
        let mut answer: PublicKeyCredential =
            serde_json::from_value(answer).map_err(|_| ServiceError::NotRecognised)?;
        let passkeys = self.0.store().passkeys();
        let Some((row, account)) = passkeys.find(&hex(&answer.raw_id)).await? else {
            answer.raw_id = party.decoy.cred_id().to_vec();
            let _ = verify(party, &answer, state, &party.decoy);
            return Err(ServiceError::NotRecognised);
        };
        let (limits, now) = (&self.doors().limits, self.0.now());
        let counted = account.id.to_string();
        limits
            .attempt("passkey account", &counted, PER_ACCOUNT, now)
            .map_err(|wait| ServiceError::TooMany { wait })?;
        let mut passkey = read(&row)?;
        let proof = verify(party, &answer, state, &passkey).map_err(|it| refused(&it))?;
        if !is_of(&account, &answer) {
            return Err(ServiceError::NotRecognised);
        }
        passkey.update_credential(&proof);
        let how = PasskeyUse {
            id: row.id,
            former: row.counter,
            counter: i64::from(proof.counter()),
            credential: json(&passkey)?.to_string(),
            day: now.date(),
        };
        match passkeys.used(how).await {
            Ok(()) => {}
            // Removed, or used, since it was read: of two proofs with the same count one is a copy's.
            Err(StoreError::NotFound("passkey")) => return Err(ServiceError::NotRecognised),
            Err(error) => return Err(error.into()),
        }
        limits.forget("passkey account", &counted);
        self.open_session(account, Means::Passkey, visitor).await
    }
}

fn verify(
    party: &RelyingParty,
    answer: &PublicKeyCredential,
    state: DiscoverableAuthentication,
    passkey: &Passkey,
) -> Result<AuthenticationResult, WebauthnError> {
    let webauthn = &party.webauthn;
    webauthn.finish_discoverable_authentication_v2(answer, state, passkey)
}

/// Whether the device says that the passkey is of this account.
fn is_of(account: &Account, answer: &PublicKeyCredential) -> bool {
    answer.get_user_unique_id() == Some(account.id.0.as_bytes())
}

fn read(row: &Row) -> Result<Passkey> {
    serde_json::from_str(&row.credential)
        .map_err(|it| ServiceError::unreadable("passkey", it.to_string()))
}

fn json(it: &impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(it).map_err(|it| ServiceError::unreadable("passkey", it.to_string()))
}

/// Why an answer was not accepted is for the log: whoever sent it is told the same in all cases.
fn refused(error: &WebauthnError) -> ServiceError {
    tracing::info!(%error, "a passkey was refused");
    ServiceError::NotRecognised
}

/// What goes wrong before anybody has answered is no fault of theirs.
fn fault(error: &WebauthnError) -> ServiceError {
    ServiceError::unreadable("passkey", error.to_string())
}

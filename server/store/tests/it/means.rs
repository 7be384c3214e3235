//! Passkeys and ceremonies, on both databases.

use crate::database::{TestDatabase, on_both};
use crate::fixture::{NOW, TODAY, random_uuid};
use crate::team::{account, create, entry, link, session};
use store::{
    AccountId, Ceremony, CeremonyPurpose, Conflict, Identity, IdentityId, NewAccount, Passkey,
    PasskeyId, PasskeyUse, Store, StoreError,
};
use time::Duration;

on_both!(
    a_passkey_is_one_accounts_and_counts_up,
    removing_a_passkey_ends_the_other_sessions,
    a_ceremony_is_finished_once,
    passkeys_and_ceremonies_go_with_their_account,
    an_identity_is_one_accounts,
    an_account_is_created_with_its_identity_or_not_at_all,
);

fn passkey(account: AccountId, credential_id: &str) -> Passkey {
    Passkey {
        id: PasskeyId(random_uuid()),
        account,
        credential_id: credential_id.to_owned(),
        credential: "{}".to_owned(),
        counter: 0,
        name: "clé".to_owned(),
        created_at: NOW,
        used_on: None,
    }
}

fn ceremony(hash: &str, account: Option<AccountId>) -> Ceremony {
    Ceremony {
        secret_hash: hash.to_owned(),
        purpose: CeremonyPurpose::PasskeySignIn,
        account,
        state: "{}".to_owned(),
        ends_at: NOW + Duration::minutes(5),
    }
}

async fn take(store: &Store, hash: &str) -> Option<Ceremony> {
    let (hash, purpose) = (hash.to_owned(), CeremonyPurpose::PasskeySignIn);
    store.ceremonies().take(hash, purpose, NOW).await.unwrap()
}

async fn a_passkey_is_one_accounts_and_counts_up(database: TestDatabase) {
    let store = database.open().await;
    let (anne, bruno) = (
        account("anne@exemple.fr", true),
        account("bruno@exemple.fr", false),
    );
    create(&store, &anne, None).await.unwrap();
    create(&store, &bruno, None).await.unwrap();
    let passkeys = store.passkeys();
    let made = passkey(anne.id, "k");
    passkeys
        .add(made.clone(), entry("passkey.add"))
        .await
        .unwrap();
    let twice = passkeys
        .add(passkey(bruno.id, "k"), entry("passkey.add"))
        .await;
    assert!(matches!(
        twice,
        Err(StoreError::Conflict(Conflict::Taken("passkey")))
    ));
    let (found, owner) = passkeys.find("k").await.unwrap().unwrap();
    assert_eq!((found, owner.id), (made.clone(), anne.id));
    assert!(passkeys.find("K").await.unwrap().is_none());
    // Ten proofs that were checked against the same counter: one is taken.
    let mut uses = tokio::task::JoinSet::new();
    for counter in 1..=10 {
        let (store, id) = (store.clone(), made.id);
        uses.spawn(async move {
            let how = PasskeyUse {
                id,
                former: 0,
                counter,
                credential: format!("[{counter}]"),
                day: TODAY,
            };
            store.passkeys().used(how).await.is_ok()
        });
    }
    let taken = uses.join_all().await.into_iter().filter(|it| *it).count();
    assert_eq!(taken, 1);
    let used = &passkeys.of_account(anne.id).await.unwrap()[0];
    assert_eq!(used.credential, format!("[{}]", used.counter));
    assert_eq!(used.used_on, Some(TODAY));
}

async fn removing_a_passkey_ends_the_other_sessions(database: TestDatabase) {
    let store = database.open().await;
    let (anne, bruno) = (
        account("anne@exemple.fr", true),
        account("bruno@exemple.fr", false),
    );
    create(&store, &anne, None).await.unwrap();
    create(&store, &bruno, None).await.unwrap();
    for (who, hash) in [(&anne, "here"), (&anne, "there"), (&bruno, "his")] {
        store
            .sessions()
            .open(session(who.id, hash), None)
            .await
            .unwrap();
    }
    let made = passkey(anne.id, "k");
    store
        .passkeys()
        .add(made.clone(), entry("passkey.add"))
        .await
        .unwrap();
    let remove = async |who: AccountId| {
        let passkeys = store.passkeys();
        passkeys
            .remove(who, made.id, "here".to_owned(), entry("passkey.remove"))
            .await
    };
    let foreign = remove(bruno.id).await;
    assert!(matches!(foreign, Err(StoreError::NotFound("passkey"))));
    assert!(store.sessions().find("there").await.unwrap().is_some());
    remove(anne.id).await.unwrap();
    assert!(
        store
            .passkeys()
            .of_account(anne.id)
            .await
            .unwrap()
            .is_empty()
    );
    for (hash, is_open) in [("here", true), ("there", false), ("his", true)] {
        assert_eq!(
            store.sessions().find(hash).await.unwrap().is_some(),
            is_open,
            "{hash}"
        );
    }
}

async fn a_ceremony_is_finished_once(database: TestDatabase) {
    let store = database.open().await;
    let ceremonies = store.ceremonies();
    ceremonies.begin(ceremony("a", None)).await.unwrap();
    let mut takers = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let store = store.clone();
        takers.spawn(async move { take(&store, "a").await.is_some() });
    }
    let taken = takers.join_all().await.into_iter().filter(|it| *it).count();
    assert_eq!(taken, 1);
    // About something else: not given out, and gone.
    ceremonies.begin(ceremony("b", None)).await.unwrap();
    let other = CeremonyPurpose::AddPasskey;
    assert!(
        ceremonies
            .take("b".to_owned(), other, NOW)
            .await
            .unwrap()
            .is_none()
    );
    assert!(take(&store, "b").await.is_none());
    // Over: the same; and what nobody asks for again is deleted.
    let over = NOW + Duration::minutes(5);
    let same = CeremonyPurpose::PasskeySignIn;
    for hash in ["c", "d", "e"] {
        ceremonies.begin(ceremony(hash, None)).await.unwrap();
    }
    assert!(
        ceremonies
            .take("c".to_owned(), same, over)
            .await
            .unwrap()
            .is_none()
    );
    ceremonies.purge(over - Duration::seconds(1)).await.unwrap();
    assert!(take(&store, "d").await.is_some());
    ceremonies.purge(over).await.unwrap();
    assert!(take(&store, "e").await.is_none());
}

async fn passkeys_and_ceremonies_go_with_their_account(database: TestDatabase) {
    let store = database.open().await;
    let (anne, bruno) = (
        account("anne@exemple.fr", true),
        account("bruno@exemple.fr", false),
    );
    create(&store, &anne, None).await.unwrap();
    create(&store, &bruno, None).await.unwrap();
    store
        .passkeys()
        .add(passkey(bruno.id, "k"), entry("passkey.add"))
        .await
        .unwrap();
    store
        .ceremonies()
        .begin(ceremony("a", Some(bruno.id)))
        .await
        .unwrap();
    store
        .accounts()
        .remove(bruno.id, entry("account.remove"))
        .await
        .unwrap();
    assert!(store.passkeys().find("k").await.unwrap().is_none());
    assert!(take(&store, "a").await.is_none());
}

async fn an_account_is_created_with_its_identity_or_not_at_all(database: TestDatabase) {
    let store = database.open().await;
    let (identities, members) = (store.identities(), store.members());
    let made = members.make_link(link("hash"), entry("member.invite"));
    made.await.unwrap();
    let join = async |email: &str, subject: &str, link: &str| {
        let account = account(email, false);
        let identity = Identity {
            id: IdentityId(random_uuid()),
            account: account.id,
            issuer: "https://a".to_owned(),
            subject: subject.to_owned(),
            bound_at: NOW,
            used_on: None,
        };
        let new = NewAccount {
            account,
            joins: None,
            link: Some(link.to_owned()),
        };
        let told = entry("account.create");
        identities.join(new, identity, told).await
    };
    // Of two who come at once, one joins.
    let (one, two) = tokio::join!(
        join("anne@exemple.fr", "1", "hash"),
        join("bruno@exemple.fr", "2", "hash")
    );
    assert!(one.is_ok() != two.is_ok());
    let refused = one.err().or(two.err());
    assert!(matches!(refused, Some(StoreError::NotFound("link"))));
    let accounts = store.accounts().all().await.unwrap();
    let [known] = accounts.as_slice() else {
        panic!("{accounts:?}");
    };
    let subject = if known.email.starts_with("anne") {
        "1"
    } else {
        "2"
    };
    let (_, bound) = identities
        .find("https://a", subject)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(bound.id, known.id);
    // Whoever is somebody here already, or whose address is, leaves nothing behind and the link as it was.
    let made = members.make_link(link("other"), entry("member.invite"));
    made.await.unwrap();
    let n_told = store.audit().after(0, None, 100).await.unwrap().len();
    for (email, subject, what) in [
        ("carole@exemple.fr", subject, "identity"),
        (known.email.as_str(), "3", "account"),
    ] {
        let taken = join(email, subject, "other").await;
        assert!(
            matches!(taken, Err(StoreError::Conflict(Conflict::Taken(it))) if it == what),
            "{what}: {taken:?}"
        );
        assert!(members.link("other", NOW).await.unwrap().is_some());
    }
    assert_eq!(store.accounts().all().await.unwrap().len(), 1);
    assert!(identities.find("https://a", "3").await.unwrap().is_none());
    let told = store.audit().after(0, None, 100).await.unwrap();
    assert_eq!(told.len(), n_told, "what was refused is not told as done");
}

async fn an_identity_is_one_accounts(database: TestDatabase) {
    let store = database.open().await;
    let (anne, bruno) = (
        account("anne@exemple.fr", true),
        account("bruno@exemple.fr", false),
    );
    create(&store, &anne, None).await.unwrap();
    create(&store, &bruno, None).await.unwrap();
    let identities = store.identities();
    let identity = |who: AccountId, issuer: &str, subject: &str| Identity {
        id: IdentityId(random_uuid()),
        account: who,
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        bound_at: NOW,
        used_on: None,
    };
    let bind = async |it: &Identity| identities.bind(it.clone(), entry("identity.bind")).await;
    let annes = identity(anne.id, "https://a", "1");
    bind(&annes).await.unwrap();
    // Another provider knows her by the same word; nobody else is she, and she is nobody else.
    bind(&identity(anne.id, "https://b", "1")).await.unwrap();
    for taken in [
        identity(bruno.id, "https://a", "1"),
        identity(anne.id, "https://a", "2"),
    ] {
        let taken = bind(&taken).await;
        assert!(matches!(
            taken,
            Err(StoreError::Conflict(Conflict::Taken("identity")))
        ));
    }
    let brunos = identity(bruno.id, "https://a", "2");
    bind(&brunos).await.unwrap();
    let (found, owner) = identities.find("https://a", "1").await.unwrap().unwrap();
    assert_eq!((found.id, owner.id), (annes.id, anne.id));
    assert!(identities.find("https://a", "3").await.unwrap().is_none());
    identities.used(annes.id, TODAY).await.unwrap();
    let all = identities.of_account(anne.id).await.unwrap();
    let used: Vec<_> = all.iter().filter(|it| it.used_on == Some(TODAY)).collect();
    assert!(matches!(used.as_slice(), [it] if it.id == annes.id));

    for hash in ["here", "there"] {
        store
            .sessions()
            .open(session(anne.id, hash), None)
            .await
            .unwrap();
    }
    let unbind = async |who: AccountId| {
        let but = "here".to_owned();
        identities
            .unbind(who, annes.id, but, entry("identity.unbind"))
            .await
    };
    assert!(matches!(
        unbind(bruno.id).await,
        Err(StoreError::NotFound("identity"))
    ));
    unbind(anne.id).await.unwrap();
    assert!(identities.find("https://a", "1").await.unwrap().is_none());
    assert!(store.sessions().find("here").await.unwrap().is_some());
    assert!(store.sessions().find("there").await.unwrap().is_none());
    // An account takes its identities along.
    store
        .accounts()
        .remove(bruno.id, entry("account.remove"))
        .await
        .unwrap();
    assert!(identities.find("https://a", "2").await.unwrap().is_none());
}

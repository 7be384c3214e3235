//! Accounts, roles, links, tokens and the audit log, on both databases.

use crate::database::{TestDatabase, on_both};
use crate::fixture::{NOW, TODAY, open_wave, random_uuid};
use sea_orm::ConnectionTrait;
use store::{
    AccessToken, Account, AccountId, AccountLink, Conflict, LinkId, Means, NewAccount, NewAudit,
    Purpose, Role, Session, Store, StoreError, StudyId, TokenId,
};
use time::Duration;

on_both!(
    a_link_makes_one_account,
    an_account_goes_with_all_it_has,
    an_account_can_go_before_there_is_an_administrator,
    a_study_keeps_an_owner,
    sessions_end,
    tokens_end,
    the_audit_log_is_a_chain,
);

pub(crate) fn entry(action: &'static str) -> NewAudit {
    NewAudit {
        at: NOW,
        account: None,
        actor: "operator".to_owned(),
        action,
        study: None,
        subject: "subject".to_owned(),
        before: None,
        after: Some("{}".to_owned()),
    }
}

pub(crate) fn account(email: &str, is_administrator: bool) -> Account {
    Account {
        id: AccountId(random_uuid()),
        email: email.to_owned(),
        name: "Anne".to_owned(),
        password: None,
        is_administrator,
        created_at: NOW,
    }
}

pub(crate) async fn create(
    store: &Store,
    account: &Account,
    link: Option<&str>,
) -> Result<(), StoreError> {
    let new = NewAccount {
        account: account.clone(),
        joins: None,
        link: link.map(str::to_owned),
    };
    store.accounts().create(new, entry("account.create")).await
}

pub(crate) fn link(hash: &str) -> AccountLink {
    AccountLink {
        secret_hash: hash.to_owned(),
        id: LinkId(random_uuid()),
        purpose: Purpose::Join,
        email: Some("anne@exemple.fr".to_owned()),
        account: None,
        study: None,
        ends_at: NOW + Duration::days(1),
    }
}

pub(crate) fn session(account: AccountId, hash: &str) -> Session {
    Session {
        secret_hash: hash.to_owned(),
        account,
        means: Means::Password,
        agent: "Navigateur".to_owned(),
        opened_at: NOW,
        seen_at: NOW,
        ends_at: NOW + Duration::days(7),
    }
}

fn token(account: AccountId, study: StudyId, hash: &str) -> AccessToken {
    AccessToken {
        id: TokenId(random_uuid()),
        secret_hash: hash.to_owned(),
        account,
        study,
        scope: Role::Analyst,
        name: "script".to_owned(),
        created_at: NOW,
        ends_on: TODAY,
        used_on: None,
    }
}

async fn n_audited(store: &Store) -> usize {
    store.audit().after(0, None, 1_000).await.unwrap().len()
}

async fn a_link_makes_one_account(database: TestDatabase) {
    let store = database.open().await;
    let members = store.members();
    members
        .make_link(link("hash"), entry("member.invite"))
        .await
        .unwrap();
    let found = members.link("hash", NOW).await.unwrap();
    assert_eq!(found.map(|it| it.purpose), Some(Purpose::Join));
    assert_eq!(
        members.link("hash", NOW + Duration::days(1)).await.unwrap(),
        None
    );
    // Of two who use it at once, one joins; the other leaves nothing behind.
    let (one, two) = (
        account("a@exemple.fr", false),
        account("b@exemple.fr", false),
    );
    let (first, second) = tokio::join!(
        create(&store, &one, Some("hash")),
        create(&store, &two, Some("hash"))
    );
    assert!(first.is_ok() != second.is_ok());
    let refused = first.err().or(second.err());
    assert!(matches!(refused, Some(StoreError::NotFound("link"))));
    assert_eq!(store.accounts().all().await.unwrap().len(), 1);
    assert_eq!(
        n_audited(&store).await,
        2,
        "what was refused is not told as done"
    );
    // An address has one account, and a refused attempt does not use a link up.
    members
        .make_link(link("other"), entry("member.invite"))
        .await
        .unwrap();
    let known = &store.accounts().all().await.unwrap()[0];
    let again = create(&store, &account(&known.email, false), Some("other")).await;
    assert!(matches!(
        again,
        Err(StoreError::Conflict(Conflict::Taken("account")))
    ));
    assert!(members.link("other", NOW).await.unwrap().is_some());
}

async fn an_account_goes_with_all_it_has(database: TestDatabase) {
    let store = database.open().await;
    let study = open_wave(&store, "cls").await.study.id;
    let (admin, anne) = (
        account("admin@exemple.fr", true),
        account("anne@exemple.fr", false),
    );
    create(&store, &admin, None).await.unwrap();
    create(&store, &anne, None).await.unwrap();
    let (sessions, members, tokens) = (store.sessions(), store.members(), store.tokens());
    sessions.open(session(anne.id, "s"), None).await.unwrap();
    let role = Role::Analyst;
    members
        .set(study, anne.id, role, None, entry("member.role"))
        .await
        .unwrap();
    tokens
        .create(token(anne.id, study, "t"), entry("token.create"))
        .await
        .unwrap();
    assert_eq!(
        members.role(study, anne.id).await.unwrap(),
        Some(Role::Analyst)
    );
    assert!(sessions.find("s").await.unwrap().is_some());
    assert!(tokens.find("t", TODAY).await.unwrap().is_some());

    store
        .accounts()
        .remove(anne.id, entry("account.remove"))
        .await
        .unwrap();
    assert!(sessions.find("s").await.unwrap().is_none());
    assert!(tokens.find("t", TODAY).await.unwrap().is_none());
    assert_eq!(members.role(study, anne.id).await.unwrap(), None);
    assert!(members.of_study(study).await.unwrap().is_empty());

    let last = store
        .accounts()
        .remove(admin.id, entry("account.remove"))
        .await;
    assert!(matches!(
        last,
        Err(StoreError::Conflict(Conflict::LastAdministrator))
    ));
    assert!(
        store
            .accounts()
            .by_email("admin@exemple.fr")
            .await
            .unwrap()
            .is_some()
    );
}

async fn an_account_can_go_before_there_is_an_administrator(database: TestDatabase) {
    let store = database.open().await;
    let anne = account("anne@exemple.fr", false);
    create(&store, &anne, None).await.unwrap();
    let accounts = store.accounts();
    let remove = async || accounts.remove(anne.id, entry("account.remove")).await;
    remove().await.unwrap();
    let gone = remove().await;
    assert!(matches!(gone, Err(StoreError::NotFound("account"))));
}

async fn a_study_keeps_an_owner(database: TestDatabase) {
    let store = database.open().await;
    let study = open_wave(&store, "cls").await.study.id;
    let (anne, bruno) = (
        account("anne@exemple.fr", true),
        account("bruno@exemple.fr", false),
    );
    create(&store, &anne, None).await.unwrap();
    create(&store, &bruno, None).await.unwrap();
    let members = store.members();
    let set = async |who: &Account, role: Role| {
        members
            .set(study, who.id, role, None, entry("member.role"))
            .await
    };
    // Before there is an owner, others may be members.
    set(&bruno, Role::Viewer).await.unwrap();
    set(&anne, Role::Owner).await.unwrap();
    let last =
        |it: Result<(), StoreError>| matches!(it, Err(StoreError::Conflict(Conflict::LastOwner)));
    assert!(last(set(&anne, Role::Analyst).await));
    assert!(last(
        members.remove(study, anne.id, entry("member.remove")).await
    ));
    set(&bruno, Role::Owner).await.unwrap();
    set(&anne, Role::Analyst).await.unwrap();
    let roles: Vec<Role> = members
        .of_study(study)
        .await
        .unwrap()
        .into_iter()
        .map(|it| it.1)
        .collect();
    assert_eq!(roles, [Role::Analyst, Role::Owner]);
    assert_eq!(
        members.of_account(anne.id).await.unwrap(),
        [(study, Role::Analyst)]
    );
    members
        .remove(study, anne.id, entry("member.remove"))
        .await
        .unwrap();
    let gone = members.remove(study, anne.id, entry("member.remove")).await;
    assert!(matches!(gone, Err(StoreError::NotFound("member"))));
}

async fn sessions_end(database: TestDatabase) {
    let store = database.open().await;
    let (anne, bruno) = (
        account("anne@exemple.fr", true),
        account("bruno@exemple.fr", false),
    );
    create(&store, &anne, None).await.unwrap();
    create(&store, &bruno, None).await.unwrap();
    let sessions = store.sessions();
    let is_open = async |hash: &str| sessions.find(hash).await.unwrap().is_some();
    for (who, hash) in [(&anne, "a1"), (&anne, "a2"), (&bruno, "b1")] {
        sessions.open(session(who.id, hash), None).await.unwrap();
    }
    // Signing in again in the same browser ends what it had.
    sessions
        .open(session(anne.id, "a3"), Some("a1".to_owned()))
        .await
        .unwrap();
    assert!(!is_open("a1").await && is_open("a3").await);
    // Nobody ends the session of somebody else.
    sessions.end(bruno.id, "a2".to_owned()).await.unwrap();
    assert!(is_open("a2").await);
    sessions.end(anne.id, "a2".to_owned()).await.unwrap();
    assert!(!is_open("a2").await);
    let accounts = store.accounts();
    accounts
        .set_password(anne.id, "$hash".to_owned(), None, entry("account.password"))
        .await
        .unwrap();
    assert!(!is_open("a3").await && is_open("b1").await);
    // Unused for long, or over.
    sessions
        .touch("b1".to_owned(), NOW + Duration::hours(5))
        .await
        .unwrap();
    sessions.purge(NOW, NOW + Duration::hours(5)).await.unwrap();
    assert!(is_open("b1").await);
    sessions.purge(NOW, NOW + Duration::hours(6)).await.unwrap();
    assert!(!is_open("b1").await);
}

async fn tokens_end(database: TestDatabase) {
    let store = database.open().await;
    let study = open_wave(&store, "cls").await.study.id;
    let (anne, bruno) = (
        account("anne@exemple.fr", true),
        account("bruno@exemple.fr", false),
    );
    create(&store, &anne, None).await.unwrap();
    create(&store, &bruno, None).await.unwrap();
    let tokens = store.tokens();
    let made = token(anne.id, study, "t");
    tokens
        .create(made.clone(), entry("token.create"))
        .await
        .unwrap();
    tokens.used(made.id, TODAY).await.unwrap();
    let (found, owner) = tokens.find("t", TODAY).await.unwrap().unwrap();
    assert_eq!((found.used_on, owner.id), (Some(TODAY), anne.id));
    let tomorrow = TODAY.next_day().unwrap();
    assert!(tokens.find("t", tomorrow).await.unwrap().is_none());
    let foreign = tokens
        .revoke(bruno.id, made.id, entry("token.revoke"))
        .await;
    assert!(matches!(foreign, Err(StoreError::NotFound("token"))));
    tokens
        .revoke(anne.id, made.id, entry("token.revoke"))
        .await
        .unwrap();
    assert!(tokens.find("t", TODAY).await.unwrap().is_none());
}

async fn is_whole(store: &Store) -> bool {
    let mut previous = String::new();
    let all = store.audit().after(0, None, 1_000).await.unwrap();
    (1..).zip(all).all(|(number, it)| {
        let fits = it.number == number && it.expected_hash(&previous) == it.hash;
        previous = it.hash;
        fits
    })
}

async fn the_audit_log_is_a_chain(database: TestDatabase) {
    let store = database.open().await;
    let audit = store.audit();
    let mut noted = tokio::task::JoinSet::new();
    for nth in 0..20 {
        let store = store.clone();
        noted.spawn(async move {
            let mut entry = entry("data.export");
            entry.at += Duration::nanoseconds(123_456_789 * nth);
            store.audit().note(entry).await.unwrap();
        });
    }
    noted.join_all().await;
    assert_eq!(n_audited(&store).await, 20);
    assert!(is_whole(&store).await);
    let latest = audit.latest(None, 3).await.unwrap();
    assert_eq!(
        latest.iter().map(|it| it.number).collect::<Vec<_>>(),
        [20, 19, 18]
    );
    // Each of these would go unnoticed without the chain.
    let db = database.connect().await;
    for (harm, mend) in [
        (
            "UPDATE audit SET actor = 'x' WHERE number = 7",
            "UPDATE audit SET actor = 'operator' WHERE number = 7",
        ),
        (
            "UPDATE audit SET after = NULL WHERE number = 7",
            "UPDATE audit SET after = '{}' WHERE number = 7",
        ),
        (
            "UPDATE audit SET after = '' WHERE number = 20",
            "UPDATE audit SET after = '{}' WHERE number = 20",
        ),
        (
            "UPDATE audit SET number = 30 WHERE number = 3",
            "UPDATE audit SET number = 3 WHERE number = 30",
        ),
    ] {
        db.execute_unprepared(harm).await.unwrap();
        assert!(!is_whole(&store).await, "{harm}");
        db.execute_unprepared(mend).await.unwrap();
        assert!(is_whole(&store).await, "{mend}");
    }
    db.execute_unprepared("DELETE FROM audit WHERE number = 5")
        .await
        .unwrap();
    assert!(!is_whole(&store).await);
}

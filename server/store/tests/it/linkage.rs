//! D1: somebody holds the database and its log and knows who was invited. Do they learn whose answers
//! are whose? 200 are invited, 120 answer, in an order of chance. What is tried: a value that a person's
//! row shares with others; the order in which rows lie; what the log says of each commit. Each attack is
//! shown to find a database that does leak. Some have a colleague prepare pages: what is left of colleagues
//! leads from nobody to anybody, and their names are gone.

use crate::attack::{
    by_offset, column, deviation, hits_by_log, hits_by_order, hits_by_value, key,
    rows_of_all_tables,
};
use crate::database::{TestDatabase, on_postgres, on_sqlite};
use crate::fixture::{Field, open_wave};
use crate::invitations::{invite, token, unit};
use crate::team::entry;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{
    Access, ContributorId, ContributorState, Draft, DraftAt, DraftId, DraftSave, NewContributor,
    NewDraft, NewUnit, ResponseId, Revision, Store, Submission, UnitId,
};

const INVITED: usize = 200;
const ANSWERED: usize = 120;
/// A matching by chance hits one on average, with a standard deviation of one.
const BY_CHANCE: usize = 4;
/// Further from chance, in standard deviations, than one run in ten thousand.
const FAR: f64 = 4.0;

/// Numbers that are the same at each run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }

    /// A random identifier.
    fn uuid(&mut self) -> uuid::Uuid {
        let bytes = [(); 16].map(|()| u8::try_from(self.below(256)).unwrap());
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// Whose response is whose, as only the respondents know: hexadecimal keys of units and responses; or whose
/// colleague somebody is: keys of units and contributors.
pub(crate) type Truth = BTreeMap<String, String>;

fn names() -> Vec<String> {
    (0..INVITED).map(|n| format!("person{n}")).collect()
}

async fn invite_all(store: &Store, field: &Field, dice: &mut Dice) {
    invite(store, field, &[], Access::Invitation).await;
    let names = names();
    let units = names.iter().map(|name| NewUnit {
        id: UnitId(dice.uuid()),
        ..unit(name)
    });
    let units = units.collect();
    store
        .samples()
        .add(field.wave, units, entry("sample.import"))
        .await
        .unwrap();
}

/// Has people answer side by side; who answered what, and who of them shared it with whom.
async fn field_it(store: &Store, field: &Field, dice: &mut Dice) -> (Truth, Truth) {
    let names = names();
    let mut people: Vec<&String> = names.iter().collect();
    dice.shuffle(&mut people);
    people.truncate(ANSWERED);
    let (mut truth, mut shared) = (Truth::new(), Truth::new());
    let mut under_way: Vec<(String, Submission, Option<ContributorId>)> = Vec::new();
    let mut coming = people.into_iter();
    loop {
        let next = (under_way.len() < 8).then(|| coming.next()).flatten();
        if let Some(name) = next {
            let is_shared = dice.below(3) == 0;
            let (submission, colleague) = begin(store, field, name, is_shared, dice).await;
            under_way.push((name.clone(), submission, colleague));
            continue;
        }
        if under_way.is_empty() {
            return (truth, shared);
        }
        let (name, submission, colleague) = under_way.swap_remove(dice.below(under_way.len()));
        let response = submission.response.id;
        let invitation = Some(token(&name));
        store
            .responses()
            .submit_invited(submission, invitation)
            .await
            .unwrap();
        let unit = store
            .samples()
            .by_token(&token(&name))
            .await
            .unwrap()
            .unwrap();
        let unit = unit.id.0.simple().to_string();
        if let Some(colleague) = colleague {
            shared.insert(unit.clone(), colleague.0.simple().to_string());
        }
        truth.insert(unit, response.0.simple().to_string());
    }
}

/// What a name of a colleague begins with.
const CANARY: &str = "Canari-of-";

/// Lets a colleague in, who says their name.
async fn share(store: &Store, draft: DraftId, name: &str, dice: &mut Dice) -> Draft {
    let secret_hash = format!("hash of {}", dice.uuid());
    let new = NewContributor {
        id: ContributorId(dice.uuid()),
        draft,
        secret_hash: secret_hash.clone(),
        label: format!("{CANARY}{name}-label"),
        pages: vec!["p1".to_owned()],
        at_most: 3,
    };
    let (id, said) = (new.id, format!("{CANARY}{name}-name"));
    let contributors = store.contributors();
    contributors.add(new).await.unwrap();
    for (said, state) in [
        (Some(said), ContributorState::Joined),
        (None, ContributorState::Finished),
    ] {
        assert!(contributors.note(id, said, state).await.unwrap());
    }
    let (_, draft) = contributors.by_secret(&secret_hash).await.unwrap().unwrap();
    draft
}

/// The names of colleagues that stand in some bytes.
fn canaries(bytes: &[u8]) -> BTreeSet<String> {
    let places = bytes.windows(CANARY.len()).enumerate();
    let places = places.filter(|(_, it)| *it == CANARY.as_bytes());
    let named = places.map(|(at, _)| {
        let name = &bytes[at + CANARY.len()..];
        let end = name.iter().position(|it| *it == b'-');
        String::from_utf8_lossy(&name[..end.unwrap_or(name.len())]).into_owned()
    });
    named.collect()
}

/// Follows the link, opens a draft, shares it or not, saves it once.
async fn begin(
    store: &Store,
    field: &Field,
    name: &str,
    is_shared: bool,
    dice: &mut Dice,
) -> (Submission, Option<ContributorId>) {
    let unit = store
        .samples()
        .by_token(&token(name))
        .await
        .unwrap()
        .unwrap();
    store.samples().note_opened(unit.id).await.unwrap();
    let secret = dice.uuid().to_string();
    let invitation = Some(token(name));
    let draft = NewDraft {
        id: DraftId(dice.uuid()),
        ..field.draft(&secret)
    };
    let mut draft = store
        .drafts()
        .open_invited(draft, invitation)
        .await
        .unwrap();
    let mut colleague = None;
    if is_shared {
        draft = share(store, draft.id, name, dice).await;
        let all = store.contributors().of_draft(draft.id).await.unwrap();
        colleague = Some(all[0].id);
    }
    let mut submission = field.submission(&secret);
    submission.response.id = ResponseId(dice.uuid());
    let save = DraftSave {
        draft: DraftAt {
            id: draft.id,
            revision: draft.revision,
        },
        sheet: submission.response.sheet.clone(),
        page: Some("p1".to_owned()),
        language: "fr".to_owned(),
        day: submission.day,
    };
    let revision = store.drafts().save(save).await.unwrap();
    let draft = Some(DraftAt {
        id: draft.id,
        revision,
    });
    let submission = Submission {
        draft,
        ..submission
    };
    (submission, colleague)
}

/// Which of the keys are of colleagues whose draft was sent.
fn of_sent(keys: Vec<String>, shared: &Truth) -> Vec<String> {
    let sent: BTreeSet<&String> = shared.values().collect();
    keys.into_iter().filter(|it| sent.contains(it)).collect()
}

fn log_of(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", path.display()))
}

/// The log is truncated after the answer to whoever wrote.
async fn until_the_log_is_empty(path: &Path) {
    for _ in 0..500 {
        if std::fs::metadata(log_of(path)).unwrap().len() == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the log is never truncated");
}

fn path_of(database: &TestDatabase) -> PathBuf {
    PathBuf::from(database.url.trim_start_matches("sqlite://"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_holds_a_sqlite_file_and_its_log_cannot_tell_whose_answers_are_whose() {
    on_sqlite(async |database| {
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        let mut dice = Dice(2_026);
        invite_all(&store, &field, &mut dice).await;
        store.close().await;
        let as_invited = std::fs::read(path_of(&database)).unwrap();
        let store = database.open().await;
        let (truth, shared) = field_it(&store, &field, &mut dice).await;
        assert_eq!(truth.len(), ANSWERED);
        // One more begins, so that the log holds something.
        let units = store.samples().of_wave(field.wave).await.unwrap();
        let late = units.iter().find(|unit| !unit.began).unwrap();
        let late = late.email.as_deref().unwrap().split('@').next().unwrap();
        begin(&store, &field, late, true, &mut dice).await;
        let revision = Revision(i64::try_from(ANSWERED).unwrap());
        let path = path_of(&database);
        let (file, log) = (
            std::fs::read(&path).unwrap(),
            std::fs::read(log_of(&path)).unwrap(),
        );
        assert!(!log.is_empty());
        // Names of colleagues: of those whose draft is under way, and of nobody else.
        assert!(shared.len() > 20, "{}", shared.len());
        let named = canaries(&[file.as_slice(), &log].concat());
        assert_eq!(named, BTreeSet::from([late.to_owned()]));
        store
            .responses()
            .purge_changes(field.wave, revision)
            .await
            .unwrap();

        let db = database.connect().await;
        let mut rows = rows_of_all_tables(&db).await;
        assert!(rows.len() > INVITED + ANSWERED);
        assert_eq!(hits_by_value(&rows, &truth), 0);
        assert_eq!(hits_by_value(&rows, &shared), 0);
        // Negative control: one more table that knows, by way of a third value.
        for (n, (unit, response)) in truth.iter().enumerate() {
            let ticket = format!("one of many tickets, {n}");
            rows.push(vec![unit.clone(), ticket.clone()]);
            rows.push(vec![ticket, response.clone()]);
        }
        assert_eq!(hits_by_value(&rows, &truth), ANSWERED);

        let units = column(&db, "SELECT lower(hex(id)) FROM sample_unit").await;
        let colleagues = column(&db, "SELECT lower(hex(id)) FROM contributor").await;
        let colleagues = of_sent(colleagues, &shared);
        assert_eq!(colleagues.len(), shared.len());
        assert!(hits_by_order(&units, &colleagues, &shared) <= BY_CHANCE);
        let responses = column(&db, "SELECT lower(hex(id)) FROM response").await;
        assert!(hits_by_order(&units, &responses, &truth) <= BY_CHANCE);
        // Answering moves nobody: units lie as they lay when they were invited.
        assert_eq!(by_offset(&file, &units), by_offset(&as_invited, &units));
        let (units, responses) = (by_offset(&file, &units), by_offset(&file, &responses));
        assert!(hits_by_order(&units, &responses, &truth) <= BY_CHANCE);
        let colleagues = by_offset(&file, &colleagues);
        assert!(hits_by_order(&units, &colleagues, &shared) <= BY_CHANCE);
        assert!(deviation(&units, &colleagues, &shared).abs() < FAR);
        let far = deviation(&units, &responses, &truth);
        assert!(
            far.abs() < FAR,
            "the rows lie in orders that go together: {far} deviations"
        );
        // Negative control: rows in the order of answering.
        let (in_order, theirs): (Vec<_>, Vec<_>) = truth.clone().into_iter().unzip();
        assert_eq!(hits_by_order(&in_order, &theirs, &truth), ANSWERED);
        assert!(deviation(&in_order, &theirs, &truth) > 10.0);

        let folder = tempfile::tempdir().unwrap();
        assert!(hits_by_log(folder.path(), &file, &log, &truth).await <= BY_CHANCE);
    })
    .await;
}

/// The negative control of the log: where a reader keeps it from being truncated, it tells; and when
/// the reader has gone, it tells no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_is_not_truncated_does_tell() {
    on_sqlite(async |database| {
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        let mut dice = Dice(2_026);
        let reader = database.connect().await;
        use sea_orm::TransactionTrait;
        let reading = reader.begin().await.unwrap();
        reading
            .query_all_raw(Statement::from_string(
                DbBackend::Sqlite,
                "SELECT id FROM wave",
            ))
            .await
            .unwrap();
        invite_all(&store, &field, &mut dice).await;
        let (truth, _) = field_it(&store, &field, &mut dice).await;
        let path = path_of(&database);
        let (file, log) = (
            std::fs::read(&path).unwrap(),
            std::fs::read(log_of(&path)).unwrap(),
        );
        let folder = tempfile::tempdir().unwrap();
        let hits = hits_by_log(folder.path(), &file, &log, &truth).await;
        assert_eq!(hits, ANSWERED, "the attack finds what a whole log says");
        reading.rollback().await.unwrap();
        // The writer looks again by itself, without another write.
        until_the_log_is_empty(&path).await;
    })
    .await;
}

/// Postgres writes a changed row anew, with the number of its transaction: the negative control is what
/// can be read before the order is forgotten.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_holds_a_postgres_database_cannot_tell_once_the_order_is_forgotten() {
    on_postgres(async |database| {
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        let mut dice = Dice(2_026);
        invite_all(&store, &field, &mut dice).await;
        let (truth, shared) = field_it(&store, &field, &mut dice).await;
        let db = database.connect().await;
        let by_transaction = async |table: &str, truth: &Truth| {
            let (unit, other) = (key(&db, "u.id"), key(&db, "o.id"));
            let pairs = format!(
                "SELECT {unit} || {other} FROM sample_unit u JOIN {table} o ON u.xmin = o.xmin"
            );
            let pairs = column(&db, &pairs).await;
            let pairs = pairs.iter().map(|pair| pair.split_at(32));
            let hits =
                pairs.filter(|(unit, response)| truth.get(*unit).is_some_and(|it| it == response));
            hits.count()
        };
        let in_place = async |table: &str| {
            let key = key(&db, "id");
            column(&db, &format!("SELECT {key} FROM {table} ORDER BY ctid")).await
        };
        let far = async |table: &str, truth: &Truth| {
            let (units, others) = (in_place("sample_unit").await, in_place(table).await);
            assert_eq!(units.len(), INVITED);
            deviation(&units, &others, truth)
        };
        assert_eq!(by_transaction("response", &truth).await, ANSWERED);
        // Whose draft is sent lets their colleagues go at the same moment.
        let n_shared = by_transaction("contributor", &shared).await;
        assert!(n_shared > 20 && n_shared == shared.len(), "{n_shared}");
        store.samples().forget_order().await.unwrap();
        for (table, truth) in [("response", &truth), ("contributor", &shared)] {
            assert!(by_transaction(table, truth).await <= BY_CHANCE, "{table}");
            assert!(far(table, truth).await.abs() < FAR, "{table}");
        }
        let left = "SELECT label || coalesce(name, '') || pages FROM contributor";
        let left = column(&db, left).await;
        assert!(left.len() == shared.len() && left.iter().all(String::is_empty));
    })
    .await;
}

/// A survey so small that its contacts fill one page, its responses another. The negative control is
/// what can be read before the order is forgotten.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn contacts_of_a_small_survey_do_not_lie_as_its_responses_do() {
    const FEW: u32 = 10;
    on_sqlite(async |database| {
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        let mut truth = Truth::new();
        for n in 0..FEW {
            let contact = crate::fixture::contact(&format!("person{n}@example.org"), false);
            let submission = Submission {
                contacts: vec![contact.clone()],
                ..field.submission(&n.to_string())
            };
            let response = submission.response.id.0.simple().to_string();
            truth.insert(contact.id.0.simple().to_string(), response);
            store.responses().submit(submission).await.unwrap();
        }
        let db = database.connect().await;
        let contacts = column(&db, "SELECT lower(hex(id)) FROM contact ORDER BY id").await;
        let responses = column(&db, "SELECT lower(hex(id)) FROM response").await;
        let stored = store.contacts().of_wave(field.wave).await.unwrap();
        let lie = async || {
            until_the_log_is_empty(&path_of(&database)).await;
            let file = std::fs::read(path_of(&database)).unwrap();
            (by_offset(&file, &contacts), by_offset(&file, &responses))
        };
        let (before, those) = lie().await;
        assert_eq!(hits_by_order(&before, &those, &truth), contacts.len());
        for _ in 0..2 {
            store.samples().forget_order().await.unwrap();
            // From the end of the page towards its beginning.
            let mut by_key = contacts.clone();
            by_key.reverse();
            assert_eq!(lie().await.0, by_key);
        }
        assert_eq!(store.contacts().of_wave(field.wave).await.unwrap(), stored);
    })
    .await;
}

//! Waves that ask a new version, whoever is answering meanwhile, and the tables of both versions.

use crate::fixture::{Site, exported, may};
use crate::live::{enter, next};
use crate::writing::somebody;
use interchange::joined::version_of;
use serde_json::{Value, json};
use service::team::{Design, Enter, Field};
use service::{
    Fate, LiveEventKind, NewWave, Outcome, PublishedNow, Services, Token, VersionId, WaveInfo,
};
use tally::Table;

const FIRST: &str = "id: essai
title: {fr: Essai}
blocks:
  - id: b
    pages:
      - id: p1
        items:
          - {id: ici, kind: single, label: {fr: Ici}, choices: [{code: oui, label: {fr: Oui}}, {code: non, label: {fr: Non}}]}
      - id: p2
        items:
          - {id: avis, kind: single, label: {fr: Avis}, choices: [{code: bon, label: {fr: Bon}}, {code: mauvais, label: {fr: Mauvais}}]}
";

/// A choice in other words, and an item more; all of it on the second page.
fn second() -> String {
    FIRST.replace("{fr: Bon}", "{fr: Plutôt bon}")
        + "          - {id: plus, kind: text, label: {fr: Autre chose}}\n"
}

struct Study {
    services: Services,
    wave: WaveInfo,
    design: service::team::May<Design>,
}

/// A study with a published questionnaire and an open wave.
async fn open(site: &Site) -> Study {
    let services = site.open().await;
    let ada = somebody(&services, "ada@exemple.fr", true).await;
    let writing = services.writing();
    writing.begin(&ada, FIRST).await.unwrap();
    let design = services.team().may::<Design>(&ada, "essai").await.unwrap();
    writing.publish(&design, 1).await.unwrap();
    let field = services.team().may::<Field>(&ada, "essai").await.unwrap();
    let new = NewWave::open("vague");
    let wave = services.waves().create_newest(&field, new).await.unwrap();
    Study {
        services,
        wave,
        design,
    }
}

impl Study {
    /// Somebody who has answered up to a page.
    async fn begun(&self, reached: &str, answers: Value) -> Token {
        let respond = self.services.respond();
        let wave = self.services.waves().by_id(self.wave.id).await.unwrap();
        let wave = wave.unwrap();
        let (token, _) = respond.open(&wave, "fr").await.unwrap();
        let answers = answers.as_object().unwrap().clone();
        let changed = respond.change(&wave, &token, |draft| {
            draft.sheet.answers.clone_from(&answers);
            draft.sheet.meta.reached = Some(reached.to_owned());
        });
        changed.await.unwrap();
        token
    }

    async fn submit(&self, token: &Token) {
        let respond = self.services.respond();
        let draft = respond.find(&self.wave, token).await.unwrap().unwrap();
        let key = respond.idempotency_key(&self.wave, token, &draft);
        respond.submit(&self.wave, token, &key, b"").await.unwrap();
    }

    async fn publish(&self, source: &str, moving: &[&str]) -> PublishedNow {
        let writing = self.services.writing();
        let working = writing.open(&self.design).await.unwrap();
        let saved = writing.save(&self.design, source, working.revision).await;
        let moving: Vec<String> = moving.iter().map(|it| (*it).to_owned()).collect();
        let revision = saved.unwrap().revision;
        writing
            .publish_for(&self.design, revision, &moving)
            .await
            .unwrap()
    }

    async fn version_of(&self, token: &Token) -> String {
        let respond = self.services.respond();
        let draft = respond.find(&self.wave, token).await.unwrap().unwrap();
        draft.engine.instrument.hash.clone()
    }

    /// The tables as soon as they count so many responses.
    async fn tables(&self, n_responses: usize) -> Vec<Table> {
        let right = enter(&self.services, &self.wave).await;
        let live = self.services.live();
        let mut watcher = live.watch(right, "fr", None).await.unwrap();
        loop {
            let right = enter(&self.services, &self.wave).await;
            let frame = live.frame(right, "fr").await.unwrap();
            if frame.n_responses() == n_responses {
                return frame.tables().cloned().collect();
            }
            next(&mut watcher).await;
        }
    }
}

fn table<'t>(tables: &'t [Table], item: &str) -> &'t Table {
    let found = tables.iter().find(|it| it.item == item);
    found.unwrap()
}

#[tokio::test]
async fn a_wave_moves_on_and_its_tables_join_both_versions() {
    let site = Site::new();
    let study = open(&site).await;
    let done = study
        .begun("p2", json!({"ici": "oui", "avis": "bon"}))
        .await;
    study.submit(&done).await;
    let on_first = study.begun("p1", json!({"ici": "oui"})).await;
    let on_second = study
        .begun("p2", json!({"ici": "non", "avis": "bon"}))
        .await;
    let waves = study.services.writing().waves(&study.design).await.unwrap();
    let told = &waves[0];
    assert_eq!(
        (
            told.slug.as_str(),
            told.number,
            told.n_responses,
            told.n_answering,
            told.fate
        ),
        ("vague", 1, 1, 2, Fate::MayFollow)
    );
    let before = study.tables(1).await;
    assert_eq!(before.len(), 2);
    assert!(before.iter().all(|it| it.joins.is_none()));
    let right = enter(&study.services, &study.wave).await;
    let mut watcher = study
        .services
        .live()
        .watch(right, "fr", None)
        .await
        .unwrap();
    assert_eq!(next(&mut watcher).await.kind, LiveEventKind::Snapshot);

    let now = study.publish(&second(), &["vague"]).await;
    assert_eq!(
        (now.number, now.moved.as_slice(), now.kept.len()),
        (2, &["vague".to_owned()][..], 0)
    );
    // Whoever has not seen the second page goes on with its new words; whoever has keeps theirs.
    assert_eq!((now.n_carried, now.n_stayed), (1, 1));
    assert!(watcher.next().await.is_none(), "whoever watches comes back");
    let first_hash = questionnaire::check(FIRST).engine.unwrap().instrument.hash;
    assert_eq!(study.version_of(&on_second).await, first_hash);
    assert_ne!(study.version_of(&on_first).await, first_hash);

    let right = enter(&study.services, &study.wave).await;
    let mut watcher = study
        .services
        .live()
        .watch(right, "fr", None)
        .await
        .unwrap();
    assert_eq!(next(&mut watcher).await.kind, LiveEventKind::Snapshot);
    let later = study
        .begun(
            "p2",
            json!({"ici": "oui", "avis": "mauvais", "plus": "Oui"}),
        )
        .await;
    for token in [&on_first, &on_second, &later] {
        study.submit(token).await;
    }
    let tables = study.tables(4).await;
    let (ici, avis, plus) = (
        table(&tables, "ici"),
        table(&tables, "avis"),
        table(&tables, "plus"),
    );
    let count = |table: &Table, code: &str| {
        let row = table.figures.rows.iter().find(|it| it.code == code);
        row.unwrap().n
    };
    assert_eq!((count(ici, "oui"), count(ici, "non")), (3, 1));
    assert_eq!((count(avis, "bon"), count(avis, "mauvais")), (2, 1));
    assert_eq!(avis.figures.rows[0].label, "Plutôt bon");
    let joins = |table: &Table| table.joins.clone().unwrap();
    assert_eq!(
        (joins(ici).versions, joins(ici).reworded),
        (vec![1, 2], vec![])
    );
    assert_eq!(
        (joins(avis).versions, joins(avis).reworded),
        (vec![1, 2], vec![1])
    );
    assert_eq!(
        (joins(plus).versions, joins(plus).without),
        (vec![2], vec![1])
    );
    assert_eq!(
        (plus.figures.base.responses(), joins(plus).n_without),
        (2, 2)
    );
    assert!(tables.iter().all(|it| joins(it).breaks.is_empty()));

    // Each response keeps the version that it answers.
    let store = site.store().await;
    let stored = store
        .responses()
        .page(study.wave.id, None, 10)
        .await
        .unwrap();
    let old: Vec<VersionId> = stored.iter().map(|it| it.version).collect();
    let n_first = old.iter().filter(|it| **it == study.wave.version).count();
    assert_eq!((n_first, old.len()), (2, 4));

    // What goes out says which version it answers, and comes back as it was.
    let wave = study.services.waves().by_id(study.wave.id).await.unwrap();
    let wave = wave.unwrap();
    let sheets = exported(&study.services, &wave).await;
    let named: Vec<Option<i32>> = sheets.iter().map(|it| version_of(&it.meta)).collect();
    let of = |number: i32| named.iter().filter(|it| **it == Some(number)).count();
    assert_eq!((of(1), of(2)), (2, 2));
    let enter = may::<Enter>(&study.services, &wave).await;
    let mut import = study.services.import(&enter, &wave).await.unwrap();
    let outcomes = import.sheets(sheets).await.unwrap();
    let unchanged = |it: &Outcome| matches!(it, Outcome::Unchanged { .. });
    assert!(outcomes.iter().all(unchanged), "{outcomes:?}");
}

/// Where others are asked the series breaks: both stand apart, each with its base, and nothing is added up.
#[tokio::test]
async fn a_series_that_breaks_is_not_added_up() {
    let site = Site::new();
    let study = open(&site).await;
    let done = study
        .begun("p2", json!({"ici": "non", "avis": "bon"}))
        .await;
    study.submit(&done).await;
    let filtered = FIRST.replace(
        "label: {fr: Avis}",
        "label: {fr: Avis}, filter: ici = 'oui'",
    );
    study.publish(&filtered, &["vague"]).await;
    let done = study
        .begun("p2", json!({"ici": "oui", "avis": "bon"}))
        .await;
    study.submit(&done).await;
    let tables = study.tables(2).await;
    let avis = table(&tables, "avis");
    let joins = avis.joins.clone().unwrap();
    assert_eq!((joins.versions, avis.figures.base.asked()), (vec![2], 1));
    let [apart] = &joins.breaks[..] else {
        panic!("one break: {:?}", joins.breaks)
    };
    assert_eq!((apart.version, apart.at), (1, 2));
    assert_eq!(apart.why, [tally::Break::Universe]);
    assert_eq!(apart.table.figures.base.asked(), 1);
    assert_eq!(
        table(&tables, "ici").joins.clone().unwrap().versions,
        [1, 2]
    );
}

/// What only has another name, and says so, goes on: also where conditions read it.
#[tokio::test]
async fn declared_names_are_joined() {
    let site = Site::new();
    let study = open(&site).await;
    let filtered = FIRST.replace(
        "label: {fr: Avis}",
        "label: {fr: Avis}, filter: ici = 'oui'",
    );
    study.publish(&filtered, &["vague"]).await;
    let done = study
        .begun("p2", json!({"ici": "oui", "avis": "bon"}))
        .await;
    study.submit(&done).await;
    let renamed = filtered
        .replace("id: ici,", "id: presence, was: [ici],")
        .replace("code: oui,", "code: present, was: [oui],")
        .replace("ici = 'oui'", "presence = 'present'");
    let writing = study.services.writing();
    let change = writing.change(&study.design, &renamed).await;
    let change = change.unwrap().unwrap();
    assert!(!change.impact.changes, "{:?}", change.impact);
    let n_lost: usize = change.replays.iter().map(|it| it.without_place.len()).sum();
    assert_eq!(n_lost, 0);
    study.publish(&renamed, &["vague"]).await;
    let done = study
        .begun("p2", json!({"presence": "present", "avis": "bon"}))
        .await;
    study.submit(&done).await;
    let tables = study.tables(2).await;
    assert_eq!(tables.len(), 2);
    for item in ["presence", "avis"] {
        let table = table(&tables, item);
        assert_eq!(table.joins.clone().unwrap().versions, [2, 3], "{item}");
        assert_eq!(table.figures.rows[0].n, 2, "{item}");
    }
}

#[tokio::test]
async fn waves_keep_their_version_unless_somebody_says_otherwise() {
    let site = Site::new();
    let study = open(&site).await;
    let begun = study.begun("p1", json!({"ici": "oui"})).await;
    let now = study.publish(&second(), &[]).await;
    assert_eq!(
        (now.kept.as_slice(), now.moved.len()),
        (&["vague".to_owned()][..], 0)
    );
    assert_eq!((now.n_carried, now.n_stayed), (0, 0));
    let first_hash = questionnaire::check(FIRST).engine.unwrap().instrument.hash;
    assert_eq!(study.version_of(&begun).await, first_hash);

    // Closed, it keeps what was answered, whatever anybody says.
    let field = may::<Field>(&study.services, &study.wave).await;
    study
        .services
        .waves()
        .close(&field, &study.wave)
        .await
        .unwrap();
    let third = second().replace("Autre chose", "Encore");
    let now = study.publish(&third, &["vague"]).await;
    assert_eq!(
        (now.kept.as_slice(), now.moved.len()),
        (&["vague".to_owned()][..], 0)
    );
    let waves = study.services.writing().waves(&study.design).await.unwrap();
    assert_eq!(waves[0].fate, Fate::Keeps);
}

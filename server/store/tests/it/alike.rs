//! What of a sample goes into responses: in an anonymous wave, only what enough people share. On both
//! databases; and what somebody who holds the database learns from it.

use crate::attack::{column, key};
use crate::database::{TestDatabase, on_both};
use crate::fixture::{Field, open_wave};
use crate::invitations::{begun, token, unit};
use crate::linkage::Dice;
use crate::team::entry;
use std::collections::BTreeMap;
use store::{AccessChange, Conflict, NewUnit, Store, StoreError};

on_both!(
    only_what_enough_people_share_is_taken,
    a_wave_that_becomes_anonymous_looks_again,
    who_holds_the_database_guesses_within_groups,
);

/// People of these regions; a dot has none.
fn people(from: usize, regions: &str) -> Vec<NewUnit> {
    let regions = (from..).zip(regions.chars());
    let person = |(n, region): (usize, char)| NewUnit {
        frame: (region != '.').then(|| format!(r#"{{"region":"{region}"}}"#)),
        ..unit(&format!("person{n}"))
    };
    regions.map(person).collect()
}

/// What is kept of how many.
async fn kept(store: &Store, field: &Field) -> BTreeMap<String, usize> {
    let mut kept = BTreeMap::new();
    for unit in store.samples().of_wave(field.wave).await.unwrap() {
        *kept.entry(unit.frame.unwrap_or_default()).or_default() += 1;
    }
    kept
}

fn expect(groups: &[(&str, usize)]) -> BTreeMap<String, usize> {
    let json = |region: &str| match region {
        "." => String::new(),
        _ => format!(r#"{{"region":"{region}"}}"#),
    };
    groups
        .iter()
        .map(|(region, n)| (json(region), *n))
        .collect()
}

async fn only_what_enough_people_share_is_taken(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let samples = store.samples();
    let added = samples
        .add(
            field.wave,
            people(0, "aaaaaabbbbb..c"),
            entry("sample.import"),
        )
        .await
        .unwrap();
    assert_eq!(added.blanked, [6, 7, 8, 9, 10, 13]);
    assert_eq!(kept(&store, &field).await, expect(&[("a", 6), (".", 8)]));
    // One alone joins those of whom nothing is taken; one of a large group is like the others.
    let added = samples
        .add(field.wave, people(20, "ad"), entry("sample.import"))
        .await
        .unwrap();
    assert_eq!(added.blanked, [1]);
    // As many as are asked for, and no fewer than the wave can bear.
    let other = open_wave(&store, "other").await;
    let named = |units: Vec<NewUnit>| -> Vec<NewUnit> {
        let again = |it: NewUnit| NewUnit {
            token_hash: format!("{}, elsewhere", it.token_hash),
            ..it
        };
        units.into_iter().map(again).collect()
    };
    let five = named(people(30, "aaaaa"));
    samples
        .add(other.wave, five, entry("sample.import"))
        .await
        .unwrap();
    let one = samples
        .add(other.wave, named(people(40, "b")), entry("sample.import"))
        .await;
    assert!(
        matches!(one, Err(StoreError::Conflict(Conflict::FewAlike))),
        "{one:?}"
    );
    let one = named(people(40, "b"));
    let added = samples
        .add_in_groups(other.wave, one, 1, entry("sample.import"))
        .await
        .unwrap();
    assert_eq!((added.n_added, added.blanked.len()), (1, 0));
}

async fn a_wave_that_becomes_anonymous_looks_again(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let anonymous = async |anonymous: bool| {
        let change = AccessChange {
            anonymous: Some(anonymous),
            ..AccessChange::default()
        };
        store
            .samples()
            .set_access(field.wave, change, entry("wave.access"))
            .await
            .unwrap();
    };
    anonymous(false).await;
    store
        .samples()
        .add(field.wave, people(0, "aaaaaaabbc"), entry("sample.import"))
        .await
        .unwrap();
    let groups = expect(&[("a", 7), ("b", 2), ("c", 1)]);
    assert_eq!(kept(&store, &field).await, groups);
    anonymous(true).await;
    assert_eq!(kept(&store, &field).await, expect(&[(".", 10)]));
}

/// Invites people, of each of whom something is known, and has 120 of them answer in an order of chance;
/// then somebody who holds the database guesses, of each response, among those who have answered and of whom
/// the same goes into it. How many guesses are right, and how many groups there are.
async fn guessed(
    database: &TestDatabase,
    slug: &str,
    known: impl Fn(usize) -> usize,
    least: usize,
) -> (usize, usize) {
    let store = database.open().await;
    let field = open_wave(&store, slug).await;
    let mut dice = Dice(2_026);
    let name = |n: usize| format!("{slug}{n}");
    let units = (0..200).map(|n| NewUnit {
        frame: Some(format!(r#"{{"region":"r{}"}}"#, known(n))),
        ..unit(&name(n))
    });
    let samples = store.samples();
    let added = samples
        .add_in_groups(field.wave, units.collect(), least, entry("sample.import"))
        .await;
    assert_eq!(added.unwrap().n_added, 200);
    let mut names: Vec<String> = (0..200).map(name).collect();
    dice.shuffle(&mut names);
    let mut truth: BTreeMap<String, String> = BTreeMap::new();
    for name in names.iter().take(120) {
        let unit = samples.by_token(&token(name)).await.unwrap().unwrap();
        let mut submission = begun(&store, &field, name, name).await;
        submission.response.sheet = unit.frame.unwrap_or_default();
        let id = submission.response.id.0.simple().to_string();
        truth.insert(id, unit.id.0.simple().to_string());
        let invitation = Some(token(name));
        let responses = store.responses();
        responses
            .submit_invited(submission, invitation)
            .await
            .unwrap();
    }
    let db = database.connect().await;
    let (unit, response, wave) = (key(&db, "id"), key(&db, "id"), key(&db, "wave_id"));
    let of_wave = format!("{wave} = '{}'", field.wave.0.simple());
    let units = format!(
        "SELECT {unit} || coalesce(frame, '') FROM sample_unit WHERE answered AND {of_wave}"
    );
    let responses = format!("SELECT {response} || sheet FROM response WHERE {of_wave}");
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in column(&db, &units).await {
        let (unit, frame) = row.split_at(32);
        groups
            .entry(frame.to_owned())
            .or_default()
            .push(unit.to_owned());
    }
    let n_groups = groups.len();
    let mut hits = 0;
    for row in column(&db, &responses).await {
        let (response, frame) = row.split_at(32);
        let alike = groups.get_mut(frame).unwrap();
        let guess = alike.swap_remove(dice.below(alike.len()));
        hits += usize::from(truth[response] == guess);
    }
    (hits, n_groups)
}

async fn who_holds_the_database_guesses_within_groups(database: TestDatabase) {
    // Ten people of each of twenty regions: of each group one guess is right on average, with a standard
    // deviation of one.
    let (hits, n_groups) = guessed(&database, "ten", |n| n / 10, 5).await;
    assert_eq!(n_groups, 20);
    assert!(
        hits <= 20 + 18,
        "{hits} right guesses: four deviations are 18"
    );
    // Everybody is alone: nothing is taken from anybody.
    let (hits, n_groups) = guessed(&database, "alone", |n| n, 5).await;
    assert_eq!(n_groups, 1);
    assert!(hits <= 4, "{hits} right guesses");
    // Negative control: whoever is alone is taken all the same, and found.
    assert_eq!(guessed(&database, "found", |n| n, 1).await, (120, 120));
}

//! What a wave says once it is closed.

use crate::fixture::{Site, may, may_in};
use questionnaire::Text;
use service::{LONGEST_MESSAGE, NewWave, ServiceError};

fn text(all: &[(&str, &str)]) -> Text {
    let all = all.iter();
    all.map(|(language, text)| ((*language).to_owned(), (*text).to_owned()))
        .collect()
}

#[tokio::test]
async fn is_said_in_the_languages_it_was_written_in() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let waves = services.waves();
    let field = may(&services, &wave).await;
    let now = async || waves.by_slug("qpv-cls").await.unwrap().unwrap();
    assert_eq!(now().await.closing_in("fr"), None);

    let written = [("fr", " Merci ! \r\n\r\n\r\nÀ bientôt.\r\n"), ("en", "  ")];
    waves
        .set_closing_message(&field, &wave, &text(&written))
        .await
        .unwrap();
    let closed = now().await;
    let fr = closed.closing_in("fr").unwrap();
    assert_eq!(fr.text, "Merci !\n\nÀ bientôt.");
    // Who reads another language is told in the one there is, and which it is.
    for language in ["en", "tlh"] {
        assert_eq!(closed.closing_in(language).as_ref(), Some(&fr));
    }
    let both = [("fr", "Merci"), ("en", "Thanks")];
    waves
        .set_closing_message(&field, &closed, &text(&both))
        .await
        .unwrap();
    let both = now().await;
    let said = |language| both.closing_in(language).map(|it| (it.language, it.text));
    assert_eq!(said("en"), Some(("en".into(), "Thanks".into())));
    assert_eq!(said("br"), Some(("fr".into(), "Merci".into())));

    // The same again is nothing done; nothing at all is the program's own words again.
    for message in [text(&[("fr", "Merci"), ("en", "Thanks ")]), Text::default()] {
        let wave = now().await;
        waves
            .set_closing_message(&field, &wave, &message)
            .await
            .unwrap();
    }
    assert_eq!(now().await.closing_message, None);
    let read = may(&services, &wave).await;
    let log = services.team().audit(&read, 20).await.unwrap();
    let told: Vec<_> = log
        .iter()
        .filter(|it| it.action == "wave.message")
        .collect();
    let words = |it: &Option<String>| it.clone().unwrap_or_default();
    let told: Vec<_> = told
        .iter()
        .map(|it| (words(&it.before), words(&it.after)))
        .collect();
    let [thanks, first] = [
        r#"{"en":"Thanks","fr":"Merci"}"#,
        r#"{"fr":"Merci !\n\nÀ bientôt."}"#,
    ];
    let expected = [(thanks, ""), (first, thanks), ("", first)];
    let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(told, expected);
}

#[tokio::test]
async fn refuses_what_nobody_could_read() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let waves = services.waves();
    let field = may(&services, &wave).await;
    let longest = "é".repeat(LONGEST_MESSAGE);
    let long = format!("{longest}é");
    for (written, is_taken) in [
        ([("fr", longest.as_str())], true),
        ([("fr", long.as_str())], false),
        ([("tlh", "Qapla'")], false),
        // Nothing in a language that nobody speaks is nothing.
        ([("tlh", " ")], true),
    ] {
        let message = text(&written);
        match waves.set_closing_message(&field, &wave, &message).await {
            Ok(()) => assert!(is_taken, "{written:?}"),
            Err(ServiceError::BadRequest(_)) => assert!(!is_taken, "{written:?}"),
            Err(other) => panic!("{other}"),
        }
    }
    let mut elsewhere = wave.clone();
    elsewhere.study = "autre".to_owned();
    let message = Text::fr("Merci");
    let refused = waves
        .set_closing_message(&field, &elsewhere, &message)
        .await;
    assert!(matches!(refused, Err(ServiceError::UnknownWave(_))));
}

/// Each wave has its own, and opening, closing and dating leave it alone.
#[tokio::test]
async fn stays_while_the_wave_opens_and_closes() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let waves = services.waves();
    let field = may(&services, &wave).await;
    let other = NewWave::open("automne");
    let right = may_in(&services, "qpv-cls").await;
    waves.create(&right, wave.version, other).await.unwrap();
    let message = Text::fr("Merci");
    waves
        .set_closing_message(&field, &wave, &message)
        .await
        .unwrap();
    waves.close(&field, &wave).await.unwrap();
    let closed = waves.by_slug("qpv-cls").await.unwrap().unwrap();
    waves.reopen(&field, &closed).await.unwrap();
    let again = waves.by_slug("qpv-cls").await.unwrap().unwrap();
    assert_eq!(again.closing_message, Some(message));
    let other = waves.by_slug("automne").await.unwrap().unwrap();
    assert_eq!(other.closing_message, None);
}

//! One's own response as a page: everything that is stored, in words, and nothing else.

use app::render;
use app::respond::rights::ExportScreen;
use app::respond::screen::Study;
use app::ui::Frame;
use questionnaire::session::{self, Submission};

/// Reads on in a text: what is looked for must come next, but for other words before it.
#[track_caller]
fn read_on<'t>(text: &'t str, wanted: &str) -> &'t str {
    let at = text.find(wanted).expect(wanted);
    &text[at + wanted.len()..]
}

/// What a reader sees of a document.
fn words_of(html: &str) -> String {
    let mut words = String::new();
    for part in html.split('<').skip(1) {
        words.push(' ');
        words.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    for (written, meant) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ] {
        words = words.replace(written, meant);
    }
    words
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_thousand_random_responses_are_told_in_full() {
    let (mut n_responses, mut n_answers) = (0, 0);
    for seed in 0..200 {
        let cases = testkit::series(seed, 50);
        let engine = cases[0].engine();
        for case in &cases {
            let Submission::Ready { sheet, .. } = session::submission(&engine, &case.plausible)
            else {
                continue;
            };
            let pages = questionnaire::review_view(&engine, &sheet, "fr").pages;
            let screen = ExportScreen {
                study: Study {
                    wave: "essai".to_owned(),
                    title: "Essai".to_owned(),
                    // English is written as it stands, without the spaces of French.
                    language: "en".to_owned(),
                },
                code: None,
                answers: pages.clone(),
                contacts: Vec::new(),
            };
            let html = render::export(&Frame::default(), &screen);
            assert!(!html.contains("<script") && !html.contains(" src="));
            let text = plain(&words_of(&html));
            let mut rest = text.as_str();
            for line in pages.iter().flat_map(|it| &it.lines) {
                rest = read_on(rest, &plain(&line.label));
                for answer in &line.answer {
                    rest = read_on(rest, &plain(answer));
                    n_answers += 1;
                }
            }
            n_responses += 1;
        }
        if n_responses >= 1_000 {
            break;
        }
    }
    assert!(
        n_responses >= 1_000 && n_answers > 1_000,
        "{n_responses} {n_answers}"
    );
}

//! Finished walks and the pages where others stopped.

use tally::Progress;

use crate::support::{EVERY_KIND, QPV_CLS};

#[test]
fn stops_are_counted_by_page_and_finished_walks_apart() {
    let mut progress = Progress::new(&EVERY_KIND.instrument);
    for reached in [None, None, Some(0), Some(1), Some(1), Some(7)] {
        progress.add(reached);
    }
    progress.remove(Some(1));
    let report = progress.report("fr");
    assert_eq!(
        (report.started, report.finished, report.pct_finished),
        (4, 2, Some(50.0))
    );
    let stopped: Vec<_> = report
        .pages
        .iter()
        .map(|it| (it.page.as_str(), it.stopped))
        .collect();
    assert_eq!(stopped, [("profil", 1), ("details", 1), ("fin", 0)]);
}

#[test]
fn a_page_without_a_title_takes_that_of_its_block_or_first_item() {
    let report = Progress::new(&EVERY_KIND.instrument).report("fr");
    let labels: Vec<_> = report.pages.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["Premier bloc", "Les détails", "Autre chose ?"]);
    assert_eq!(report.pct_finished, None);
}

#[test]
fn every_page_of_the_built_in_survey_has_a_title() {
    let report = Progress::new(&QPV_CLS.instrument).report("en");
    assert!(
        report
            .pages
            .iter()
            .all(|it| !it.label.is_empty() && !it.label.contains('{'))
    );
}

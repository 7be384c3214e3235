//! What built-in questionnaires are on paper, read by people once and held since.

use expect_test::{ExpectFile, expect_file};
use publication::{Options, paper};

use crate::built_in::engine;
use crate::outline::outline;

#[track_caller]
fn check(source: &str, lang: &str, annotated: bool, expect: &ExpectFile) {
    let options = Options {
        annotated,
        standing: None,
    };
    expect.assert_eq(&outline(&paper(&engine(source), lang, &options)));
}

const QPV: &str = include_str!("../../../../questionnaires/qpv-cls/questionnaire.yaml");

#[test]
fn qpv_cls() {
    check(QPV, "fr", false, &expect_file!["golden/qpv-cls.fr.txt"]);
}

#[test]
fn qpv_cls_in_english_for_a_committee() {
    check(
        QPV,
        "en",
        true,
        &expect_file!["golden/qpv-cls.en.annotated.txt"],
    );
}

#[test]
fn etat_des_lieux() {
    let source = include_str!("../../../../questionnaires/etat-des-lieux/questionnaire.yaml");
    check(
        source,
        "fr",
        false,
        &expect_file!["golden/etat-des-lieux.fr.txt"],
    );
}

#[test]
fn every_kind() {
    let source = include_str!("every-kind.yaml");
    check(
        source,
        "fr",
        true,
        &expect_file!["golden/every-kind.fr.txt"],
    );
}

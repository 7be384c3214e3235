//! Forms: what is shown is what stands there, and what they offer the compiler takes.

use std::path::Path;

use questionnaire::document::edit::{Edit, Node, apply};
use questionnaire::document::form::{
    Control, Direction, Field, Form, New, beside, copy, edits, form, fresh, homes, node_at,
    outline, put, step, turn,
};
use questionnaire::document::{self, Item, ItemKind, Questionnaire};
use questionnaire::{Problem, check};

const KINDS: [ItemKind; 15] = [
    ItemKind::Single,
    ItemKind::Multiple,
    ItemKind::Quantity,
    ItemKind::Money,
    ItemKind::Text,
    ItemKind::Date,
    ItemKind::Scale,
    ItemKind::Grid,
    ItemKind::Rank,
    ItemKind::Territory,
    ItemKind::Consent,
    ItemKind::Contact,
    ItemKind::Statement,
    ItemKind::Computed,
    ItemKind::Roster,
];

fn read(source: &str) -> Questionnaire {
    document::read(source).questionnaire.unwrap()
}

/// The questionnaires that come with the program.
fn built_in() -> Vec<Questionnaire> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../questionnaires");
    let studies = std::fs::read_dir(folder).unwrap();
    let files = studies.flat_map(|it| std::fs::read_dir(it.unwrap().path()).into_iter().flatten());
    let files = files.map(|it| it.unwrap().path());
    let files = files.filter(|it| it.extension().is_some_and(|it| it == "yaml"));
    files
        .map(|it| read(&std::fs::read_to_string(it).unwrap()))
        .collect()
}

/// Every part that has a form.
fn nodes(document: &Questionnaire) -> Vec<Node> {
    fn items(list: &[Item], found: &mut Vec<Node>) {
        for it in list {
            found.push(Node::Item(it.id.clone()));
            items(&it.items, found);
        }
    }
    let mut found = vec![Node::Questionnaire];
    found.extend(document.lists.iter().map(|it| Node::List(it.id.clone())));
    found.extend(document.fills.iter().map(|it| Node::Fill(it.id.clone())));
    found.extend(document.nets.iter().map(|it| Node::Net(it.id.clone())));
    let figures = document.figures.iter();
    found.extend(figures.map(|it| Node::Figure(it.id.clone())));
    items(&document.frame, &mut found);
    for block in &document.blocks {
        found.push(Node::Block(block.id.clone()));
        for page in &block.pages {
            found.push(Node::Page(page.id.clone()));
            items(&page.items, &mut found);
        }
    }
    found
}

fn each(form: &Form, visit: &mut dyn FnMut(&Node, &Field)) {
    form.fields.iter().for_each(|it| visit(&form.node, it));
    form.inside.iter().for_each(|it| each(it, visit));
}

#[test]
fn a_form_that_is_sent_as_it_was_shown_changes_nothing() {
    let mut n_fields = 0;
    for document in built_in() {
        for node in nodes(&document) {
            let shown = form(&document, &node).unwrap();
            let mut posted = Vec::new();
            each(&shown, &mut |node, field| {
                posted.push((field.name(node), field.value.replace('\n', "\r\n")));
            });
            n_fields += posted.len();
            assert_eq!(edits(&document, &posted), Ok(Vec::new()), "{node}");
        }
    }
    assert!(n_fields > 2000, "{n_fields}");
}

/// A document with one item of each kind, as the form adds them.
fn one_of_each() -> Questionnaire {
    let mut document = read(
        "id: essai\ntitle: Essai\nlanguages: [fr, en]\nblocks: [{id: b, title: B, pages: [{id: p, items: []}]}]\n",
    );
    for kind in KINDS {
        let page = Node::Page("p".into());
        let (edit, node) = fresh(&document, &page, None, &New::Item(kind), "", "").unwrap();
        apply(&mut document, &edit).unwrap();
        assert!(form(&document, &node).is_some());
    }
    document
}

#[test]
fn what_is_added_is_sound_at_once() {
    let document = one_of_each();
    let found = check(&document::to_yaml(&document)).diagnostics;
    let errors: Vec<_> = found
        .iter()
        .filter(|it| it.severity == expr::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(document.blocks[0].pages[0].items.len(), KINDS.len());
}

/// Something that may be typed into a field.
fn sample(field: &Field) -> &'static str {
    match &field.control {
        Control::Text { .. } | Control::Word => "a",
        Control::Flag => "on",
        Control::Whole | Control::Number => "3",
        Control::Date => "2026-03-12",
        Control::Words => match field.key().as_str() {
            "fields" => "email",
            "languages" => "fr, en",
            _ => "dont_know",
        },
        Control::One(codes) => codes.first().map_or("", |it| match it.as_str() {
            "single" => "multiple",
            "dont_know" => "refused",
            _ => "",
        }),
        Control::Offers => "refused",
        Control::Attributes => "qpv: boolean",
        Control::Condition => "true",
    }
}

#[test]
fn no_form_offers_what_the_compiler_refuses() {
    let document = one_of_each();
    let mut n_tried = 0;
    for node in nodes(&document) {
        each(&form(&document, &node).unwrap(), &mut |node, field| {
            let posted = [(field.name(node), sample(field).to_owned())];
            for edit in edits(&document, &posted).unwrap() {
                let mut changed = document.clone();
                apply(&mut changed, &edit).unwrap_or_else(|it| panic!("{posted:?}: {it}"));
                n_tried += 1;
                let found = check(&document::to_yaml(&changed)).diagnostics;
                let refused = found.iter().find(|it| {
                    matches!(
                        it.problem,
                        Problem::FieldNotForKind { .. } | Problem::FrameKind { .. }
                    )
                });
                assert!(refused.is_none(), "{posted:?}: {refused:?}");
            }
        });
    }
    assert!(n_tried > 150, "{n_tried}");
}

#[test]
fn a_part_goes_up_and_down_through_everything_it_may_stand_in() {
    for document in built_in() {
        for node in nodes(&document) {
            let mut moved = document.clone();
            let Some(up) = step(&document, &node, Direction::Up) else {
                continue;
            };
            apply(&mut moved, &up).unwrap_or_else(|it| panic!("{node}: {it}"));
            assert_ne!(moved, document, "{node}");
            let down = step(&moved, &node, Direction::Down).unwrap();
            apply(&mut moved, &down).unwrap();
            assert_eq!(moved, document, "{node}");
        }
    }
}

/// From any kind to any other, and what comes of it is sound.
#[test]
fn a_question_becomes_one_of_any_other_kind() {
    let document = one_of_each();
    for item in &document.blocks[0].pages[0].items {
        for kind in KINDS {
            // Conditions, choices and rows that only some kinds have are in the way of none.
            let mut changed = document.clone();
            for edit in turn(&document, &item.id, kind) {
                apply(&mut changed, &edit).unwrap_or_else(|it| panic!("{edit:?}: {it}"));
            }
            assert_eq!(changed.item(&item.id).unwrap().kind, kind);
            let found = check(&document::to_yaml(&changed)).diagnostics;
            let errors: Vec<_> = found
                .iter()
                .filter(|it| {
                    // What another roster is over is no longer there.
                    it.severity == expr::Severity::Error && !(item.kind == ItemKind::Multiple)
                })
                .collect();
            assert!(errors.is_empty(), "{:?} → {kind:?}: {errors:#?}", item.kind);
        }
    }
}

#[test]
fn a_part_is_put_beside_any_other_of_its_kind() {
    for document in built_in().iter().filter(|it| it.frame.is_empty()) {
        let items = nodes(document)
            .into_iter()
            .filter(|it| matches!(it, Node::Page(_)));
        let pages: Vec<_> = items.collect();
        for node in &pages {
            for other in pages.iter().filter(|it| *it != node) {
                for after in [false, true] {
                    let mut moved = document.clone();
                    apply(&mut moved, &beside(document, node, other, after).unwrap()).unwrap();
                    let order: Vec<_> = nodes(&moved)
                        .into_iter()
                        .filter(|it| matches!(it, Node::Page(_)))
                        .collect();
                    let at = |it: &Node| order.iter().position(|other| other == it).unwrap();
                    let expected = if after { at(other) + 1 } else { at(other) - 1 };
                    assert_eq!(at(node), expected);
                }
            }
        }
    }
}

#[test]
fn what_is_found_leads_to_its_part() {
    let source = "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - id: age\n      kind: quantity\n      label: A\n    - id: nom\n      kind: text\n      label: N\n";
    let read = document::read(source);
    let entries = outline(&read.questionnaire.unwrap());
    for (line, expected) in [
        (1, None),
        (4, Some("block:b")),
        (6, Some("page:p")),
        (9, Some("item:age")),
        (13, Some("item:nom")),
        (99, Some("item:nom")),
    ] {
        let found = node_at(&entries, &read.map, line).map(|it| it.key());
        assert_eq!(found.as_deref(), expected, "{line}");
    }
}

#[test]
fn homes_are_where_moves_lead() {
    for document in built_in() {
        for node in nodes(&document) {
            let is_item = matches!(node, Node::Item(_) | Node::Page(_));
            for home in homes(&document, &node).iter().filter(|_| is_item) {
                let edit = put(&document, &node, home);
                let mut moved = document.clone();
                apply(&mut moved, &edit).unwrap_or_else(|it| panic!("{node} → {home}: {it}"));
            }
        }
    }
}

#[test]
fn new_names_are_free_and_can_be_read() {
    let mut document = one_of_each();
    let page = Node::Page("p".into());
    for (label, expected) in [
        ("Présence d’un ASV ?", "presence_d_un_asv"),
        ("Présence d’un ASV ?", "presence_d_un_asv_2"),
        ("2026", "question_2026"),
        ("and", "question_and"),
        ("", "question_16"),
        ("答え", "question_17"),
        ("Coordinateur·rice", "coordinateurrice"),
    ] {
        let (edit, node) = fresh(
            &document,
            &page,
            None,
            &New::Item(ItemKind::Text),
            label,
            "",
        )
        .unwrap();
        apply(&mut document, &edit).unwrap();
        let Node::Item(id) = &node else { panic!() };
        assert_eq!(
            id.trim_end_matches(char::is_numeric),
            expected.trim_end_matches(char::is_numeric)
        );
        let found = check(&document::to_yaml(&document)).diagnostics;
        let errors: Vec<_> = found
            .iter()
            .filter(|it| it.severity == expr::Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{label}: {errors:?}");
        let (edit, copied) = copy(&document, &node).unwrap();
        apply(&mut document, &edit).unwrap();
        assert_ne!(copied, node);
    }
}

#[test]
fn what_cannot_be_read_is_said_by_field() {
    let document = one_of_each();
    let of = |kind: ItemKind| {
        let items = &document.blocks[0].pages[0].items;
        items.iter().find(|it| it.kind == kind).unwrap().id.clone()
    };
    let check = |name: String, value: &str, expected: &str| {
        let refused = edits(&document, &[(name.clone(), value.to_owned())]).unwrap_err();
        assert_eq!((refused.name, refused.expected), (name, expected));
    };
    let quantity = of(ItemKind::Quantity);
    check(format!("item:{quantity}|min"), "dix", "number");
    check(format!("item:{quantity}|label.fr"), " ", "needed");
    check(
        format!("item:{}|earliest", of(ItemKind::Date)),
        "demain",
        "date",
    );
    check(
        format!("item:{}|max_length", of(ItemKind::Text)),
        "-1",
        "whole",
    );
    check(format!("item:{}|cells", of(ItemKind::Grid)), "ring", "code");
    check(
        format!("item:{}|attributes", of(ItemKind::Territory)),
        "qpv",
        "attributes",
    );
    // What is no field of anything that is there changes nothing.
    let strange = [
        "item:nobody|label.fr",
        "item:|",
        "|",
        "do",
        "item:question|kind",
        "questionnaire|blocks",
    ];
    let strange = strange.map(|it| (it.to_owned(), "a".to_owned()));
    assert_eq!(edits(&document, &strange), Ok(Vec::<Edit>::new()));
}

#[test]
fn a_number_is_read_as_it_is_written_in_french() {
    let document = one_of_each();
    let money = document.blocks[0].pages[0]
        .items
        .iter()
        .find(|it| it.kind == ItemKind::Money)
        .unwrap();
    for (typed, value) in [
        ("1 200,50", "1200.5"),
        ("\u{2212}3", "-3"),
        ("1\u{202f}000", "1000"),
    ] {
        let found = edits(
            &document,
            &[(format!("item:{}|max", money.id), typed.to_owned())],
        )
        .unwrap();
        let Edit::Set {
            value: Some(read), ..
        } = &found[0]
        else {
            panic!()
        };
        assert_eq!(read.to_string(), value);
    }
}

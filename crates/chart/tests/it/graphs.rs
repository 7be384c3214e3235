//! Branch graphs, read as a person would.

use chart::Language;
use chart::graph::{Graph, Node, Tone};
use expect_test::expect;

use crate::graph_samples as samples;
use crate::read;

#[test]
fn the_drawing_says_who_is_asked_what_and_why() {
    let svg = samples::small().svg();
    let document = read::parse(&svg);
    let mut seen = String::new();
    for node in document.descendants().filter(roxmltree::Node::is_text) {
        let parent = node.parent().expect("text is in an element");
        let class = parent
            .attribute("class")
            .unwrap_or(parent.tag_name().name());
        seen.push_str(&format!("{class}: {}\n", node.text().unwrap_or_default()));
    }
    expect![[r#"
        title: Deux questions et leurs suites
        desc: Graphe des parcours, 3 étapes · 5 questions · 2 blocs. Atteignable_: 2, toujours posée_: 1.
        title: Votre territoire
        title: Le CLS
        title: 2. Territoires qui ont un CLS → 3. Territoires qui ont un CLS et des QPV
        graph-group-title: Votre territoire
        graph-group-title: Le CLS
        title: 1. Tout le monde → 2. Territoires qui ont un CLS
        title: 1. Tout le monde · Présence d’un CLS → 2. Territoires qui ont un CLS — cls = 'oui'
        title: 1. Tout le monde · Présence d’un CLS → 3. Territoires qui ont un CLS et des QPV — cls = 'oui' and qpv > 0
        title: 1. Tout le monde · Nombre de QPV → 3. Territoires qui ont un CLS et des QPV — cls = 'oui' and qpv > 0
        title: 1. Tout le monde — toujours posée
        graph-title: 1. Tout le monde
        graph-word: toujours posée
        title: cls · Présence d’un CLS — atteignable
        graph-text: Présence d’un CLS
        graph-name: cls
        title: qpv · Nombre de QPV — atteignable
        graph-text: Nombre de QPV
        graph-name: qpv
        title: si cls = 'oui'
        graph-condition: si~cls~=~'oui'
        title: 2. Territoires qui ont un CLS — atteignable — par exemple avec cls = 'oui'
        graph-title: 2. Territoires qui ont un
        graph-title: CLS
        title: etat · État du CLS — atteignable
        graph-text: État du CLS
        title: si cls = 'oui' and qpv > 0
        graph-condition: si~cls~=~'oui' and qpv~>~0
        title: 3. Territoires qui ont un CLS et des QPV — atteignable — par exemple avec cls = 'oui' and qpv > 0
        graph-title: 3. Territoires qui ont un
        graph-title: CLS et des QPV
        title: actions · Actions dans les QPV — atteignable
        graph-text: Actions dans les QPV
        title: fin · Fin d’actions closes — jamais posée
        graph-text: Fin d’actions closes
        graph-word: jamais posée
        graph-key: cette réponse décide
        graph-key: étape suivante
        graph-key: atteignable
        graph-key: toujours posée
        graph-key: jamais posée
    "#]]
    .assert_eq(&seen.replace('\u{a0}', "~").replace('\u{202f}', "_"));
}

#[test]
fn the_table_says_the_same() {
    let table = samples::small().table();
    let mut seen = format!("{}\n", table.caption);
    let header: Vec<&str> = table.header[0]
        .iter()
        .map(|cell| cell.text.as_str())
        .collect();
    seen.push_str(&format!("# {}\n", header.join(" | ")));
    for (label, cells) in &table.rows {
        seen.push_str(&format!("{label} | {}\n", cells.join(" | ")));
    }
    expect![[r#"
        Deux questions et leurs suites — 3 étapes · 5 questions · 2 blocs
        # Étape | Bloc | Questions | Condition | Décidée par | État
        1. Tout le monde | Votre territoire | Présence d’un CLS (atteignable)_; Nombre de QPV (atteignable) | – | – | toujours posée
        2. Territoires qui ont un CLS | Le CLS | État du CLS | si cls = 'oui' | cls | atteignable
        3. Territoires qui ont un CLS et des QPV | Le CLS | Actions dans les QPV_; Fin d’actions closes (jamais posée) | si cls = 'oui' and qpv > 0 | cls_; qpv | atteignable
    "#]]
    .assert_eq(&seen.replace('\u{202f}', "_"));
}

#[test]
fn the_outline_is_aligned() {
    expect![[r#"
        Deux questions et leurs suites
        3 étapes · 5 questions · 2 blocs

        Votre territoire
        └─ 1. Tout le monde — toujours posée
           · cls      Présence d’un CLS — atteignable
           · qpv      Nombre de QPV — atteignable

        Le CLS
        ├─ 2. Territoires qui ont un CLS — atteignable
        │  si cls = 'oui'
        │  ← cls
        │  · etat     État du CLS
        │
        └─ 3. Territoires qui ont un CLS et des QPV — atteignable
           si cls = 'oui' and qpv > 0
           ← cls, qpv
           · actions  Actions dans les QPV
           · fin      Fin d’actions closes — jamais posée
    "#]]
    .assert_eq(&samples::small().to_text());
}

#[test]
fn graphviz_gets_clusters_shapes_and_labels() {
    expect![[r##"
        digraph graph_of_routes {
          graph [label="Deux questions et leurs suites", labelloc=t, rankdir=TB, fontname="Helvetica", newrank=true];
          node [shape=box, fontname="Helvetica", fontsize=11, margin="0.12,0.08"];
          edge [fontname="Helvetica", fontsize=10];
          subgraph cluster_0 {
            graph [label="Votre territoire", labeljust=l, style=filled, color="#f2f4f6"];
            n0 [label="1. Tout le monde (toujours posée)\l• Présence d’un CLS (atteignable)\l• Nombre de QPV (atteignable)\l", tooltip="1. Tout le monde (toujours posée)", class="graph-always", shape=box, style="filled,bold", color="#1b1f24", fillcolor="#ffffff", penwidth=2];
          }
          subgraph cluster_1 {
            graph [label="Le CLS", labeljust=l, style=filled, color="#f2f4f6"];
            n1 [label="2. Territoires qui ont un CLS\l(atteignable)\l• État du CLS\l", tooltip="par exemple avec cls = 'oui'", class="graph-reached", shape=box, style="filled,rounded", color="#3c6e57", fillcolor="#ffffff", penwidth=1];
            n2 [label="3. Territoires qui ont un CLS et des\lQPV (atteignable)\l• Actions dans les QPV\l• Fin d’actions closes (jamais\l   posée)\l", tooltip="par exemple avec cls = 'oui' and qpv > 0", class="graph-reached", shape=box, style="filled,rounded", color="#3c6e57", fillcolor="#ffffff", penwidth=1];
          }
          n0 -> n1 [color="#858c96", weight=8, arrowsize=0.7];
          n0 -> n1 [color="#1d5b8f", fontcolor="#1d5b8f", penwidth=1.5, label="cls = 'oui'", labeltooltip="cls = 'oui'", edgetooltip="cls = 'oui'"];
          n1 -> n2 [color="#858c96", weight=8, arrowsize=0.7];
          n0 -> n2 [color="#1d5b8f", fontcolor="#1d5b8f", penwidth=1.5, label="cls = 'oui' and qpv > 0", labeltooltip="cls = 'oui' and qpv > 0", edgetooltip="cls = 'oui' and qpv > 0"];
        }
    "##]]
    .assert_eq(&samples::small().to_dot());
}

#[test]
fn english_graphs_speak_english() {
    let mut graph = samples::small();
    graph.language = Language::English;
    let svg = graph.svg_file();
    for word in [
        "3 steps · 5 questions · 2 blocks",
        "if\u{a0}cls",
        "never asked",
        "next step",
    ] {
        assert!(svg.contains(word), "{word}");
    }
    assert!(svg.contains("lang=\"en\""));
    assert_eq!(graph.table().header[0][4].text, "Decided by");
    assert!(graph.to_text().contains("— always asked"));
}

#[test]
fn every_tone_has_a_mark_a_word_and_a_border_of_its_own() {
    let mut looks = Vec::new();
    for tone in [
        Tone::Plain,
        Tone::Reached,
        Tone::Always,
        Tone::Never,
        Tone::Unknown,
    ] {
        let node = Node {
            title: "Étape".to_owned(),
            tone,
            ..Node::default()
        };
        let graph = Graph {
            nodes: vec![node],
            ..Graph::default()
        };
        let svg = graph.svg();
        let document = read::parse(&svg);
        let mark = document
            .descendants()
            .find(|node| {
                node.attribute("class")
                    .is_some_and(|class| class.starts_with("graph-mark"))
            })
            .and_then(|node| node.attribute("d"))
            .map(str::to_owned);
        assert_eq!(mark.is_some(), tone != Tone::Plain);
        assert!(svg.contains(tone.word(Language::French)));
        looks.push(mark);
    }
    looks.sort();
    looks.dedup();
    assert_eq!(looks.len(), 5);
}

#[test]
fn samples_can_be_read_on_a_screen_of_1366_by_768() {
    for graph in [samples::survey(), samples::large()] {
        let svg = graph.svg_file();
        let document = read::parse(&svg);
        let view: Vec<f64> = document
            .root_element()
            .attribute("viewBox")
            .expect("a view box")
            .split(' ')
            .map(|number| number.parse().expect("a number"))
            .collect();
        let scale = (1366.0 / view[2]).min(768.0 / view[3]);
        for text in document
            .descendants()
            .filter(|node| node.has_tag_name(read::name("text")))
        {
            let size = read::number(text, "font-size") * scale;
            assert!(size >= 10.0, "{size} {:?}", text.text());
        }
    }
}

#[test]
fn long_conditions_are_cut_in_the_drawing_and_whole_elsewhere() {
    let mut graph = samples::small();
    let long = format!("{} = 1", "presence_cls = 'oui' and ".repeat(30));
    for edge in &mut graph.edges {
        if edge.to == 1 && !edge.label.is_empty() {
            edge.label.clone_from(&long);
        }
    }
    let svg = graph.svg();
    let document = read::parse(&svg);
    let of = |class: &str| -> Vec<String> {
        document
            .descendants()
            .filter(|node| node.attribute("class") == Some(class))
            .filter_map(|node| node.descendants().find_map(|node| node.text()))
            .map(str::to_owned)
            .collect()
    };
    assert!(of("graph-condition").iter().any(|line| line.ends_with('…')));
    assert!(of("graph-label").contains(&format!("si {long}")));
    assert!(graph.table().rows[1].1.contains(&format!("si {long}")));
}

//! Graphs that tests and the example start from.

use chart::Language;
use chart::graph::{Edge, EdgeKind, Graph, Group, Line, Node, Tone};

/// Builds a graph step by step, edges of the sequence included.
struct Builder(Graph);

impl Builder {
    fn new(id: &str, title: &str) -> Self {
        Self(Graph {
            id: id.to_owned(),
            title: title.to_owned(),
            language: Language::French,
            ..Graph::default()
        })
    }

    fn group(&mut self, title: &str) {
        self.0.groups.push(Group {
            id: format!("bloc_{}", self.0.groups.len() + 1),
            title: title.to_owned(),
        });
    }

    /// A step of the last group: whom it is for, its condition, its questions as `id text`.
    fn step(&mut self, title: &str, condition: &str, lines: &[&str]) -> &mut Node {
        let to = self.0.nodes.len();
        if to > 0 {
            self.edge(to - 1, None, to, "", EdgeKind::Sequence);
        }
        let words = condition.split(|c: char| !c.is_alphanumeric() && c != '_');
        let mut read: Vec<(usize, usize)> = Vec::new();
        for word in words {
            for (node, line) in self.places() {
                let id = &self.0.nodes[node].lines[line].id;
                if id == word && !read.contains(&(node, line)) {
                    read.push((node, line));
                }
            }
        }
        for (node, line) in read {
            self.edge(node, Some(line), to, condition, EdgeKind::Condition);
        }
        let lines = lines.iter().map(|line| {
            let (id, text) = line.split_once(' ').unwrap_or((line, ""));
            Line {
                id: id.to_owned(),
                text: text.to_owned(),
                tone: Tone::Reached,
                detail: String::new(),
            }
        });
        self.0.nodes.push(Node {
            id: format!("etape_{}", to + 1),
            group: self.0.groups.len().checked_sub(1),
            title: title.to_owned(),
            lines: lines.collect(),
            tone: Tone::Reached,
            detail: if condition.is_empty() {
                String::new()
            } else {
                format!("par exemple avec {condition}")
            },
        });
        &mut self.0.nodes[to]
    }

    fn places(&self) -> Vec<(usize, usize)> {
        let nodes = self.0.nodes.iter().enumerate();
        nodes
            .flat_map(|(node, step)| (0..step.lines.len()).map(move |line| (node, line)))
            .collect()
    }

    fn edge(&mut self, from: usize, line: Option<usize>, to: usize, label: &str, kind: EdgeKind) {
        self.0.edges.push(Edge {
            from,
            line,
            to,
            label: label.to_owned(),
            kind,
        });
    }
}

/// Three steps, every kind of edge, several tones.
pub(crate) fn small() -> Graph {
    let mut graph = Builder::new("petit", "Deux questions et leurs suites");
    graph.group("Votre territoire");
    graph
        .step(
            "Tout le monde",
            "",
            &["cls Présence d’un CLS", "qpv Nombre de QPV"],
        )
        .tone = Tone::Always;
    graph.group("Le CLS");
    graph.step(
        "Territoires qui ont un CLS",
        "cls = 'oui'",
        &["etat État du CLS"],
    );
    let step = graph.step(
        "Territoires qui ont un CLS et des QPV",
        "cls = 'oui' and qpv > 0",
        &["actions Actions dans les QPV", "fin Fin d’actions closes"],
    );
    step.lines[1].tone = Tone::Never;
    graph.0
}

/// The steps of a real survey: `questionnaires/qpv-cls`.
pub(crate) fn survey() -> Graph {
    let mut graph = Builder::new(
        "qpv-cls",
        "La place des QPV dans les Contrats locaux de santé",
    );
    graph.group("Vous et votre territoire");
    graph
        .step(
            "Tout le monde",
            "",
            &[
                "structure Structure de rattachement",
                "fonction Fonction",
                "presence_cls Présence d’un CLS",
                "presence_cdv Présence d’un contrat de ville",
                "presence_asv Présence d’un ASV",
                "nb_qpv Nombre de QPV",
            ],
        )
        .tone = Tone::Always;
    graph.group("Le contrat local de santé (CLS)");
    graph.step(
        "répondant·es dont le territoire a un CLS",
        "presence_cls = 'oui'",
        &[
            "cls_etat État du CLS",
            "cls_echelle Échelle du CLS",
            "cls_population Population couverte par le CLS",
            "cls_etp Moyens humains de la coordination du CLS",
            "cls_budget Budget annuel du CLS",
            "cls_partenaires Partenaires du CLS",
        ],
    );
    graph.group("Le contrat de ville");
    graph.step(
        "répondant·es dont le territoire a un contrat de ville",
        "presence_cdv = 'oui'",
        &[
            "cdv_pilotage Pilotage du contrat de ville",
            "cdv_sante_animation Animation du volet santé du contrat de ville",
        ],
    );
    graph.group("L’atelier santé ville (ASV)");
    graph.step(
        "répondant·es dont le territoire a un ASV",
        "presence_asv = 'oui'",
        &[
            "asv_pilotage Pilotage de l’ASV",
            "asv_poste Poste de coordination de l’ASV",
            "asv_nb_postes Nombre de postes de coordination de l’ASV",
            "asv_verbatim La place de l’ASV",
        ],
    );
    graph.group("L’articulation des démarches");
    let two = "at_least(2, presence_cls = 'oui', presence_cdv = 'oui', presence_asv = 'oui')";
    let two_schemes = "répondant·es dont le territoire a au moins deux démarches";
    graph.step(
        two_schemes,
        two,
        &[
            "articulation Articulation entre les démarches",
            "thematiques_communes Thématiques communes",
        ],
    );
    graph.step(
        "répondant·es dont les démarches ont des thématiques communes",
        "thematiques_communes = 'oui'",
        &["thematiques Thématiques partagées"],
    );
    graph.step(
        "répondant·es dont le territoire a un CLS et au moins un QPV",
        "presence_cls = 'oui' and nb_qpv > 0",
        &["actions_qpv Actions du CLS dans les QPV"],
    );
    graph.step(
        "répondant·es dont le CLS mène des actions dans les QPV",
        "actions_qpv in ('regulierement', 'ponctuellement')",
        &["actions_types Types d’actions dans les QPV"],
    );
    let both = "répondant·es dont le territoire a un CLS et un contrat de ville";
    let city = "presence_cls = 'oui' and presence_cdv = 'oui'";
    graph.step(
        both,
        city,
        &["instances_cdv Participation du CLS aux instances du contrat de ville"],
    );
    graph.step(
        "répondant·es dont le territoire a un CLS et un ASV",
        "presence_cls = 'oui' and presence_asv = 'oui'",
        &["instances_asv Participation du CLS aux instances de l’ASV"],
    );
    graph.step(
        both,
        city,
        &["cls_volet_sante Le CLS, volet santé du contrat de ville"],
    );
    graph.step(
        two_schemes,
        two,
        &["articulation_verbatim L’articulation en pratique"],
    );
    graph.group("La coordination dans les quartiers prioritaires");
    graph
        .step(
            "Tout le monde",
            "",
            &[
                "coordination Coordination entre acteur·rices dans les QPV",
                "leviers Leviers",
                "freins Freins",
                "suites Suites souhaitées et remarques",
                "rappel Accord pour être rappelé·e",
            ],
        )
        .tone = Tone::Always;
    graph.step(
        "répondant·es qui acceptent d’être rappelé·es",
        "rappel",
        &["contact Coordonnées"],
    );
    for node in [0, 12] {
        for line in &mut graph.0.nodes[node].lines {
            line.tone = Tone::Always;
        }
    }
    graph.0
}

/// A large survey: 25 steps, 60 questions, 8 groups, some of them unsound.
pub(crate) fn large() -> Graph {
    let mut graph = Builder::new(
        "grand",
        "Enquête nationale sur la coordination locale en santé",
    );
    let groups = [
        "Votre structure",
        "Le territoire et ses habitant·es",
        "Gouvernance",
        "Moyens humains et financiers",
        "Actions de prévention",
        "Partenariats",
        "Évaluation",
        "Pour conclure",
    ];
    let texts = [
        "Statut de la structure porteuse",
        "Nombre de communes couvertes par la démarche",
        "Présence d’un comité de pilotage",
        "Fréquence des réunions du comité technique",
        "Équivalents temps plein affectés à la coordination",
        "Budget",
        "Publics visés en priorité",
        "Participation des habitant·es aux décisions",
        "Indicateurs suivis",
    ];
    let conditions = [
        "",
        "q1_2 = 'oui'",
        "q1_2 = 'oui' and q2_1 >= 3",
        "",
        "q1_3 in ('annuelle', 'pluriannuelle')",
        "q4_1 = 'oui' or q4_2 = 'oui'",
    ];
    let people = [
        "Tout le monde",
        "Structures qui portent une démarche",
        "Démarches conclues à l’échelle de plusieurs communes",
        "Coordonnateur·rices à temps plein",
        "Territoires qui ont un contrat de ville",
    ];
    let mut questions = 0;
    for step in 1..=25_usize {
        let group = (step - 1) * groups.len() / 25;
        if graph.0.groups.len() <= group {
            graph.group(groups[group]);
        }
        let count = if step % 5 == 0 { 4 } else { 1 + step % 3 };
        let count = if step == 25 { 60 - questions } else { count };
        let lines: Vec<String> = (1..=count)
            .map(|line| format!("q{step}_{line} {}", texts[(step * 2 + line) % texts.len()]))
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let own = format!("q{}_1 > 0", step.saturating_sub(2));
        let condition = if step > 7 && step % 4 == 1 {
            own.as_str()
        } else if step < 3 {
            ""
        } else {
            conditions[step % conditions.len()]
        };
        let node = graph.step(people[step * 3 % people.len()], condition, &lines);
        match step {
            11 => {
                node.tone = Tone::Never;
                for line in &mut node.lines {
                    line.tone = Tone::Never;
                }
            }
            17 => node.tone = Tone::Unknown,
            20 => node.lines[0].tone = Tone::Unknown,
            _ => {}
        }
        questions += count;
    }
    graph.0
}

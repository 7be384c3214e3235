//! What the generators know of an item while they write the questionnaire.

/// The type of what a condition reads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Bool,
    Number,
    Text,
    Date,
    /// Codes that can be compared with: those that mean a missing reason cannot. The list's name
    /// tells which codes may be compared with each other.
    Code(String, Vec<String>),
    Codes(String, Vec<String>),
}

/// A choice of a list.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) code: String,
    pub(crate) exclusive: bool,
    /// Asks for a text, which may be required.
    pub(crate) specify: Option<bool>,
    pub(crate) missing: Option<&'static str>,
}

/// Choices, with the name by which lists are told apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    pub(crate) name: String,
    pub(crate) choices: Vec<Choice>,
    /// Whether it is one of the questionnaire's.
    pub(crate) is_shared: bool,
}

impl List {
    fn usable(&self) -> Vec<String> {
        let usable = self.choices.iter().filter(|it| it.missing.is_none());
        usable.map(|it| it.code.clone()).collect()
    }

    pub(crate) fn code(&self) -> Ty {
        Ty::Code(self.name.clone(), self.usable())
    }

    pub(crate) fn codes(&self) -> Ty {
        Ty::Codes(self.name.clone(), self.usable())
    }
}

/// Where in the order of evaluation an item stands: block, page, item, item of a roster. Whatever
/// decides whether something is asked reads only what comes before it, so that nothing ever reads
/// itself. This order is not that of the questionnaire: filters read later items too.
pub(crate) type Rank = [usize; 4];

/// What each row of a grid asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cells {
    Single,
    Multiple,
    Quantity,
}

/// What an item is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Single,
    Scale,
    Multiple,
    Rank,
    Territory {
        attributes: Vec<(String, Ty)>,
    },
    Quantity {
        decimals: usize,
    },
    Money,
    Text,
    Date,
    Consent,
    Contact,
    Statement,
    Grid {
        rows: Vec<String>,
        cells: Cells,
    },
    /// Its type is known once its expression has been written.
    Computed {
        ty: Option<Ty>,
    },
    Roster {
        key: String,
        units: Units,
    },
}

/// Where a roster's units come from.
#[derive(Clone, Debug)]
pub(crate) enum Units {
    /// The chosen codes of this item.
    Chosen {
        over: usize,
    },
    Free {
        min: usize,
        max: usize,
    },
}

/// An item.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) list: List,
    pub(crate) rank: Rank,
    pub(crate) page: usize,
    /// The roster it stands in.
    pub(crate) roster: Option<usize>,
    /// Whether an answer is needed.
    pub(crate) required: bool,
}

impl Spec {
    /// Whether it takes answers.
    pub(crate) const fn is_question(&self) -> bool {
        !matches!(
            self.kind,
            Kind::Statement | Kind::Computed { .. } | Kind::Contact | Kind::Roster { .. }
        )
    }

    /// The type it reads as, unless it cannot be read by itself.
    pub(crate) fn ty(&self) -> Option<Ty> {
        match &self.kind {
            Kind::Single | Kind::Scale | Kind::Territory { .. } => Some(self.list.code()),
            Kind::Multiple | Kind::Rank => Some(self.list.codes()),
            Kind::Quantity { .. } | Kind::Money => Some(Ty::Number),
            Kind::Text => Some(Ty::Text),
            Kind::Date => Some(Ty::Date),
            Kind::Consent => Some(Ty::Bool),
            Kind::Computed { ty } => ty.clone(),
            Kind::Contact | Kind::Statement | Kind::Grid { .. } | Kind::Roster { .. } => None,
        }
    }

    /// The type of one of a grid's rows.
    pub(crate) fn cell_ty(&self) -> Option<Ty> {
        match &self.kind {
            Kind::Grid {
                cells: Cells::Single,
                ..
            } => Some(self.list.code()),
            Kind::Grid {
                cells: Cells::Multiple,
                ..
            } => Some(self.list.codes()),
            Kind::Grid {
                cells: Cells::Quantity,
                ..
            } => Some(Ty::Number),
            _ => None,
        }
    }
}

/// The type of a roster's key: a code, or a number.
pub(crate) fn key_ty(specs: &[Spec], units: &Units) -> Ty {
    match units {
        Units::Chosen { over } => specs[*over].list.code(),
        Units::Free { .. } => Ty::Number,
    }
}

/// The keys of the units that a roster can have.
pub(crate) fn unit_keys(specs: &[Spec], units: &Units) -> Vec<String> {
    match units {
        Units::Chosen { over } => specs[*over]
            .list
            .choices
            .iter()
            .map(|it| it.code.clone())
            .collect(),
        Units::Free { max, .. } => (1..=*max).map(|it| it.to_string()).collect(),
    }
}

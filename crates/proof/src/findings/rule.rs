//! What the proof can find, with stable codes.

use expr::{Lang, Severity};

/// A kind of finding. `{a}`, `{b}` stand for what it is about.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable code.
    pub code: &'static str,
    /// Whether it prevents fielding.
    pub severity: Severity,
    fr: &'static str,
    en: &'static str,
    hint_fr: &'static str,
    hint_en: &'static str,
}

impl Rule {
    pub(crate) fn message(&self, lang: Lang, a: &str, b: &str) -> String {
        fill(
            match lang {
                Lang::Fr => self.fr,
                Lang::En => self.en,
            },
            a,
            b,
        )
    }

    pub(crate) fn hint(&self, lang: Lang, a: &str, b: &str) -> String {
        fill(
            match lang {
                Lang::Fr => self.hint_fr,
                Lang::En => self.hint_en,
            },
            a,
            b,
        )
    }

    /// Code, French and English, for the index of errors.
    #[must_use]
    pub const fn row(&self) -> (&'static str, &'static str, &'static str) {
        (self.code, self.fr, self.en)
    }
}

fn fill(text: &str, a: &str, b: &str) -> String {
    text.replace("{a}", a).replace("{b}", b)
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal $severity:ident:
        $fr:literal, $en:literal => $hint_fr:literal, $hint_en:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: Rule = Rule {
            code: $code,
            severity: Severity::$severity,
            fr: $fr,
            en: $en,
            hint_fr: $hint_fr,
            hint_en: $hint_en,
        };)*

        /// Every kind of finding, by code.
        pub const RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    ITEM_UNREACHABLE = "PR0001" Error:
        "personne ne peut arriver à « {a} »{b}",
        "nobody can get to `{a}`{b}"
        => "changez ce filtre, ou retirez « {a} »",
        "change this filter, or remove `{a}`";
    BLOCK_UNREACHABLE = "PR0002" Error:
        "personne ne peut arriver au bloc « {a} »{b}",
        "nobody can get to the block `{a}`{b}"
        => "changez ce filtre, ou retirez le bloc",
        "change this filter, or remove the block";
    PAGE_UNREACHABLE = "PR0003" Error:
        "personne ne peut arriver à la page « {a} »{b}",
        "nobody can get to the page `{a}`{b}"
        => "changez ce filtre, ou retirez la page",
        "change this filter, or remove the page";
    ROW_UNREACHABLE = "PR0004" Error:
        "la ligne « {a} » n’est jamais posée{b}",
        "the row `{a}` is never asked{b}"
        => "changez ce filtre, ou retirez la ligne",
        "change this filter, or remove the row";
    CHOICE_NEVER_OFFERED = "PR0005" Error:
        "le choix « {a} » n’est jamais proposé{b}",
        "the choice `{a}` is never offered{b}"
        => "changez ce filtre, ou retirez le choix",
        "change this filter, or remove the choice";
    CHOICE_NEVER_PICKED = "PR0006" Error:
        "le choix « {a} » ne peut jamais être retenu{b}",
        "the choice `{a}` can never be made{b}"
        => "changez ce qui l’exclut, ou retirez le choix",
        "change what excludes it, or remove the choice";
    NEVER_COMPUTED = "PR0007" Error:
        "« {a} » n’a jamais de valeur{b}",
        "`{a}` never has a value{b}"
        => "changez cette expression : ce qu’elle lit manque toujours à cet endroit",
        "change this expression: what it reads is always missing here";
    CASE_NEVER_USED = "PR0008" Warning:
        "ce cas du texte variable « {a} » ne sert jamais",
        "this case of the fill `{a}` is never used"
        => "un cas placé avant lui l’emporte toujours, ou sa condition n’est jamais vraie : déplacez-le ou retirez-le",
        "an earlier case always wins, or its condition never holds: move it or remove it";
    ALWAYS_HOLDS = "PR0010" Warning:
        "ce filtre est toujours vrai : « {a} » concerne tout le monde",
        "this filter always holds: `{a}` is for everybody"
        => "retirez le filtre, ou écrivez la condition voulue",
        "remove the filter, or write the condition that was meant";
    REPEATS_ENCLOSING = "PR0011" Warning:
        "ce filtre répète ce qui l’entoure : dès qu’on y arrive, il est vrai pour « {a} »",
        "this filter repeats what encloses it: it holds whenever it is evaluated for `{a}`"
        => "retirez ce filtre : celui du bloc, de la page ou de la question suffit",
        "remove this filter: that of the block, page or question is enough";
    CANNOT_BE_ANSWERED = "PR0020" Error:
        "« {a} » est obligatoire et aucune réponse n’y convient{b}",
        "`{a}` is required and no answer to it is accepted{b}"
        => "changez le contrôle, les bornes ou les filtres des choix, ou rendez la question facultative",
        "change the check, the bounds or the choices’ filters, or make the question optional";
    DEAD_END = "PR0021" Error:
        "des répondant·es arrivent à la page « {a} » et ne peuvent plus en sortir{b}",
        "some respondents get to the page `{a}` and can never leave it{b}"
        => "changez ce qui bloque, ou filtrez la page pour ces répondant·es",
        "change what blocks, or filter the page for these respondents";
    NOBODY_COMPLETES = "PR0022" Error:
        "personne ne peut terminer le questionnaire{b}",
        "nobody can complete the questionnaire{b}"
        => "retirez l’un de ces contrôles, ou rendez-les compatibles",
        "remove one of these checks, or make them compatible";
    NEVER_FAILS = "PR0023" Warning:
        "le contrôle « {a} » ne peut jamais échouer",
        "the check `{a}` can never fail"
        => "retirez-le, ou écrivez la règle voulue",
        "remove it, or write the rule that was meant";
    NEVER_PASSES = "PR0024" Error:
        "le contrôle « {a} » échoue dès qu’il est évalué",
        "the check `{a}` fails whenever it is evaluated"
        => "écrivez la règle voulue : telle quelle, aucune réponse ne la respecte",
        "write the rule that was meant: as it stands, no answer keeps it";
    EXCLUSIVE_AGAINST_MINIMUM = "PR0025" Error:
        "« {a} » demande au moins {b} choix, et seul un choix exclusif peut être retenu",
        "`{a}` asks for at least {b} choices, and only an exclusive one can be made"
        => "baissez le minimum, ou ajoutez des choix",
        "lower the minimum, or add choices";
    EMPTY_ROSTER = "PR0026" Error:
        "« {a} » peut n’avoir aucune unité, et ce contrôle ne peut alors pas être respecté",
        "`{a}` may have no unit, and this check cannot be kept then"
        => "demandez au moins une unité, ou prévoyez ce cas : count({a}) = 0 or …",
        "ask for at least one unit, or provide for it: count({a}) = 0 or …";
    READS_LATER = "PR0030" Warning:
        "cette condition lit « {a} », qui n’est posée qu’ensuite",
        "this condition reads `{a}`, which is asked only later"
        => "placez « {a} » avant",
        "move `{a}` before it";
    READS_UNASKED = "PR0031" Warning:
        "cette condition lit « {a} », qui n’est jamais posée sur ce parcours",
        "this condition reads `{a}`, which is never asked on this route"
        => "retirez « {a} » de la condition, ou changez son filtre",
        "take `{a}` out of the condition, or change its filter";
    UNKNOWN_HIDES = "PR0032" Warning:
        "quand « {a} » n’est pas posée, cette condition est indéterminée, donc fausse, alors qu’on l’attendrait vraie",
        "where `{a}` is not asked this condition is unknown, hence does not hold, although one would expect it to"
        => "dites ce qui doit valoir alors : not answered({a}) or …",
        "say what shall hold then: not answered({a}) or …";
    UNPROVEN = "PR0060" Warning:
        "la preuve s’est arrêtée avant la fin : {b}",
        "the proof stopped before its end: {b}"
        => "donnez-lui plus de pas (--budget), ou simplifiez les calculs entre réponses",
        "give it more steps (--budget), or simplify the arithmetic between answers";
}

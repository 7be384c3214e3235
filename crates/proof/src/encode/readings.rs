//! Conditions taken apart for explanations.

use expr::{Cmp, Node, Op, Program};
use questionnaire::layout::Source;

use super::{Context, Encoding, Tri};
use crate::formula::Lit;

impl Encoding<'_> {
    /// The parts of a filter that must all hold, as texts and formulas.
    pub(crate) fn conjuncts(&mut self, source: Source, unit: Option<u32>) -> Vec<(String, Lit)> {
        let instrument = &self.engine.instrument;
        let Some(condition) = source.condition(instrument) else {
            return Vec::new();
        };
        let root = condition.program.root();
        let texts = match expr::parse(&condition.source).expr.map(|it| it.kind) {
            Some(expr::ExprKind::And(parts)) => parts.iter().map(expr::print).collect(),
            _ => vec![condition.source.clone()],
        };
        self.here = source;
        let nodes: Vec<Node<'_>> = match root.op() {
            Op::And(_) => root.operands().collect(),
            _ => vec![root],
        };
        if nodes.len() != texts.len() {
            let yes = self.truth(root, Context::new(unit)).yes;
            return vec![(condition.source.clone(), yes)];
        }
        let parts = texts.into_iter().zip(nodes);
        parts
            .map(|(text, node)| (text, self.truth(node, Context::new(unit)).yes))
            .collect()
    }

    /// A condition as it is, and as somebody reads it for whom « unknown » is « not so ».
    pub(crate) fn both_readings(
        &mut self,
        source: Source,
        program: &Program,
        context: Context,
    ) -> (Tri, Lit) {
        self.here = source;
        let truth = self.truth(program.root(), context);
        let expected = self.expected(program.root(), context);
        (truth, expected)
    }

    fn expected(&mut self, node: Node<'_>, context: Context) -> Lit {
        match node.op() {
            Op::Not => {
                let inner = node.operands().next();
                inner.map_or(Lit::FALSE, |it| !self.expected(it, context))
            }
            Op::And(_) => {
                let them: Vec<Lit> = node
                    .operands()
                    .map(|it| self.expected(it, context))
                    .collect();
                self.formulas.all(them)
            }
            Op::Or(_) => {
                let them: Vec<Lit> = node
                    .operands()
                    .map(|it| self.expected(it, context))
                    .collect();
                self.formulas.any(them)
            }
            // « Differs from » is « is not equal to ».
            Op::Compare(Cmp::Ne) => !self.truth(node, context).no,
            _ => self.truth(node, context).yes,
        }
    }
}

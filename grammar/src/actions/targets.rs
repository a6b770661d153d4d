//! Which expressions may be assigned to, deleted or annotated (Language reference, 7.2 and 7.5).
//!
//! Targets nest only as brackets do, so their depth is bounded by the lexer.

use super::{Checked, Ctx, refuse};
use crate::ast::{ExprKind, ExprRef};

impl<'a> Ctx<'_, 'a> {
    /// A target of `=`, `for`, `with` or a comprehension.
    pub fn check_target(&self, e: ExprRef<'a>) -> Checked<()> {
        match e.kind {
            ExprKind::Starred(inner) => self.check_unstarred_target(inner),
            _ => self.check_unstarred_target(e),
        }
    }

    fn check_unstarred_target(&self, e: ExprRef<'a>) -> Checked<()> {
        match e.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => Ok(()),
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().try_for_each(|&item| self.check_target(item))
            }
            _ => refuse(),
        }
    }

    /// A target of an augmented or annotated assignment.
    pub fn check_single_target(&self, e: ExprRef<'a>) -> Checked<()> {
        match e.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => Ok(()),
            _ => refuse(),
        }
    }

    pub fn check_deleted(&self, e: ExprRef<'a>) -> Checked<()> {
        match e.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => Ok(()),
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().try_for_each(|&item| self.check_deleted(item))
            }
            _ => refuse(),
        }
    }
}

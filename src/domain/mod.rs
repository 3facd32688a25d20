//! Rules: plain data in, a decision or a refusal out. No I/O, no clock, no screen.

pub mod adopt;
pub mod adopt_loan;
pub mod archive;
pub mod calendar;
pub mod complaint;
pub mod context;
pub mod credential;
pub mod customer;
pub mod deadline;
pub mod intake;
pub mod loan;
pub mod look;
pub mod mask;
pub mod matching;
pub(crate) mod named;
pub mod number;
pub mod operator;
pub mod permit;
pub mod phone;
pub mod profile;
pub mod record;
pub mod refusal;
pub mod remark;
pub mod role;
pub mod site;
pub mod stamp;

//! Records in and out as files: CSV in several encodings, workbooks, JSON lines.
//!
//! A file is decoded (`encoding`), read as rows (`sheet`), matched to the fields of a record
//! (`mapping`, `bound`, `words`), each row made a record (`adopt`) and handed to the desk (`import`). The
//! way out is `columns` and `export`. Which rows a rule refuses is the desk's business; no file is
//! opened here, and nothing is printed.

pub mod adopt;
pub mod alike;
pub mod asker;
pub mod attached;
pub mod book;
pub mod bound;
pub mod cells;
mod cells_archive;
mod cells_campaign;
mod cells_kin;
mod cells_surveys;
pub mod columns;
pub mod defuse;
mod delimited;
mod doubles;
pub mod encoding;
pub mod export;
mod grid;
mod heading;
pub mod import;
mod json;
pub mod lists;
pub mod mapping;
pub mod moments;
mod nature;
pub mod parcel;
pub mod people;
pub mod rejects;
pub mod sheet;
pub mod taking_back;
mod unpack;
pub mod value;
pub mod words;
pub mod workbook;

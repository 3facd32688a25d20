//! The program: parses its arguments and hands over to `cli`.

fn main() {}

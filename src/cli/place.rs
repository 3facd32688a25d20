//! Where things are on this machine: the data folder, and for a hub the folder of its socket.
//!
//! `--data`, else `FRONTDESK_DATA`, else the file of the machine, else `frontdesk` in the XDG data
//! folder. The file is `/etc/frontdesk.toml`, or the one that `FRONTDESK_CONFIG` names:
//!
//! ```toml
//! data = "/var/lib/frontdesk"
//! sockets = "/run/frontdesk"
//! group = "frontdesk-users"
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::Deserialize;

use super::args::Global;
use super::trouble::Trouble;

/// The file of the machine.
const FILE: &str = "/etc/frontdesk.toml";
/// Names another one.
const VARIABLE: &str = "FRONTDESK_CONFIG";

/// Where things are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The data folder.
    pub(super) data: PathBuf,
    /// The folder of the hub's socket; the data folder unless the file of the machine names one for
    /// this data folder.
    pub(super) sockets: PathBuf,
    /// The group whose members may join the hub; nobody but the owner when none.
    pub(super) group: Option<String>,
}

/// What the file of the machine says.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Machine {
    data: Option<PathBuf>,
    sockets: Option<PathBuf>,
    group: Option<String>,
}

/// The data folder.
///
/// # Errors
/// As [`place`].
pub(super) fn data(global: &Global) -> Result<PathBuf, Trouble> {
    Ok(place(global)?.data)
}

/// Where things are, for these arguments.
///
/// # Errors
/// When the file of the machine cannot be understood, or nothing is named and there is no home
/// folder either.
pub(super) fn place(global: &Global) -> Result<Place, Trouble> {
    let machine = machine()?;
    if let Some(data) = &global.data {
        // Another store than that of the machine has a hub of its own.
        if machine.data.as_ref() != Some(data) {
            return Ok(alone(data.clone()));
        }
    }
    let Some(data) = machine.data else {
        let strategy = choose_base_strategy().map_err(|_| Trouble::told("cli-no-home", &[]))?;
        return Ok(alone(strategy.data_dir().join("frontdesk")));
    };
    Ok(Place {
        sockets: machine.sockets.unwrap_or_else(|| data.clone()),
        group: machine.group,
        data,
    })
}

/// A store that the file of the machine does not know.
fn alone(data: PathBuf) -> Place {
    Place {
        sockets: data.clone(),
        group: None,
        data,
    }
}

fn machine() -> Result<Machine, Trouble> {
    let named = std::env::var_os(VARIABLE).map(PathBuf::from);
    let path = named.clone().unwrap_or_else(|| PathBuf::from(FILE));
    match fs::read_to_string(&path) {
        Ok(text) => parse(&text, &path),
        Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => {
            Ok(Machine::default())
        }
        Err(error) => Err(Trouble::file(&path, &error)),
    }
}

fn parse(text: &str, path: &Path) -> Result<Machine, Trouble> {
    let file = path.display().to_string();
    let told = |offset: usize, why: &str| {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let args = [
            ("file", &*file),
            ("line", &*line.to_string()),
            ("why", why.trim_end()),
        ];
        Trouble::told("cli-machine-file", &args)
    };
    let machine: Machine = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        told(at, error.message())
    })?;
    for (name, value) in [("data", &machine.data), ("sockets", &machine.sockets)] {
        if let Some(value) = value.as_ref().filter(|value| !value.is_absolute()) {
            let at = text.find(name).unwrap_or(0);
            return Err(told(at, &format!("{name} = {}", value.display())));
        }
    }
    Ok(machine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, Texts};

    fn parsed(text: &str) -> Result<Machine, String> {
        let texts = Texts::new(Lang::En);
        parse(text, Path::new("frontdesk.toml"))
            .map_err(|trouble| trouble.said(&texts)[0].what.clone())
    }

    #[test]
    fn every_name_is_read_and_none_has_to_be_there() {
        assert_eq!(parsed(""), Ok(Machine::default()));
        let text = "data = \"/a\"\nsockets = \"/b\"\ngroup = \"desk\"\n";
        let machine = Machine {
            data: Some("/a".into()),
            sockets: Some("/b".into()),
            group: Some("desk".to_owned()),
        };
        assert_eq!(parsed(text), Ok(machine));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_file_and_line() {
        for (text, line, word) in [
            ("data = \"/a\"\nsocket = \"/b\"\n", "line 2", "socket"),
            ("\n\ndata = 3\n", "line 3", "string"),
            ("data = \"/a\"\nsockets = \"run\"\n", "line 2", "sockets"),
            ("data", "line 1", ""),
        ] {
            let told = parsed(text).unwrap_err();
            let whole = ["frontdesk.toml", line, word];
            assert!(whole.iter().all(|part| told.contains(part)), "{told}");
        }
    }
}

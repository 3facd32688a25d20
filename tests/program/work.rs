//! Commands that a front desk gives all day, told apart by a mark.

use frontdesk::desk::contract::{At, Command};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::loan::LoanDetails;
use frontdesk::domain::phone::{Phone, PhoneLabel};
use frontdesk::domain::record::Record;

/// A record as it is now.
pub fn at(record: &Record) -> At {
    At {
        number: record.number(),
        version: record.meta().version,
    }
}

/// A call of somebody who is registered with it.
pub fn log(mark: u64) -> Command {
    let phone = format!("139{mark:08}");
    let phones = vec![Phone {
        digits: phone.clone(),
        label: PhoneLabel::Mobile,
    }];
    Command::LogIntake {
        details: IntakeDetails {
            channel: Some(Channel::Call),
            caller: format!("来电人{mark}"),
            phone,
            place: "3-1201".into(),
            text: format!("第 {mark} 件：").repeat(1 + usize::try_from(mark % 40).unwrap()),
            ..IntakeDetails::default()
        },
        new_customer: Some(CustomerDetails {
            name: format!("来电人{mark}"),
            phones,
            ..CustomerDetails::default()
        }),
    }
}

/// A complaint made of a call.
pub fn complain(intake: &Record, mark: u64) -> Command {
    Command::RecordComplaint {
        details: ComplaintDetails {
            channel: Some(Channel::Call),
            complainant: format!("投诉人{mark}"),
            text: format!("投诉 {mark}"),
            ..ComplaintDetails::default()
        },
        intake: Some(at(intake)),
    }
}

/// A new archive file.
pub fn create_file(mark: u64) -> Command {
    Command::CreateFile {
        details: FileDetails {
            title: format!("档案 {mark}"),
            class: "general".into(),
            ..FileDetails::default()
        },
    }
}

/// The file lent.
pub fn lend(file: &Record) -> Command {
    Command::CheckOut {
        file: at(file),
        details: LoanDetails {
            borrower: "李四".into(),
            copies: 1,
            reason: "核对".into(),
            ..LoanDetails::default()
        },
    }
}

/// The file back.
pub fn give_back(loan: &Record) -> Command {
    Command::CheckIn {
        at: at(loan),
        pieces: 1,
        note: String::new(),
        which: Vec::new(),
        state: frontdesk::domain::loan::PieceState::Back,
    }
}

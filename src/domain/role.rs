//! The posts that people at a front desk hold, one name each.
//!
//! The regulations call the same post by several words and different posts by the same word; here
//! every post has exactly one internal name, and the site's profile says what a post may do. What
//! a post is called on the screen belongs to `locale`; what it may do belongs to [`super::profile`].

use super::named::named;

named! {
    /// A post. The journal stores the position in this list, so a new post is only ever appended.
    Role {
        /// Approves solutions, measures, regulations and destruction (A08-d4.1, A12-3.2.8b).
        GeneralManager = "general-manager",
        /// Approves the quarterly complaint report (A13-c6).
        PropertyGeneralManager = "property-general-manager",
        /// Is told of major complaints (A13-c4).
        PropertyCentreManager = "property-centre-manager",
        /// The superior who may widen the lending circle (A13-a6a).
        Leader = "leader",
        /// Signs the rules received and discusses the centre's own (A13-k1, A13-k2).
        CentreManagement = "centre-management",
        /// Takes part in the weekly meeting (A13-m2).
        PersonInCharge = "person-in-charge",
        /// Front desk: receives complaints and fills in the slip (A13-c1 to A13-c3a).
        Reception = "reception",
        /// Handles a slip and returns it; answers for the department's rates (A13-c3b, A07-f8).
        DepartmentHead = "department-head",
        /// Member of the customer service department (A05-4.2a, A11-18.3).
        CustomerService = "customer-service",
        /// Consents to reports and to reading graded files (A11-10a, A11-18.4b).
        CustomerServiceManager = "customer-service-manager",
        /// Checks reports, approves copies and giving data outside (A11-13a, A11-24).
        InformationSupervisor = "information-supervisor",
        /// Sets up files and approves loans; three printed names, one post (A11-04a, A11-19.4).
        InformationSpecialist = "information-specialist",
        /// Reports each new customer for filing (A11-04a).
        DevelopmentSpecialist = "development-specialist",
        /// Keeps graded files and carries important documents (A11-22b, A11-23.2).
        DesignatedKeeper = "designated-keeper",
        /// Reader or borrower, from the house or from outside (A11-18, A11-19).
        Borrower = "borrower",
        /// Stamps and signs the unit's reading and loan requests (A11-18.2, A11-19.3).
        UnitHead = "unit-head",
        /// Visits customers, records complaints, tells the customer (A01-25, A08-d1, A08-n4b).
        RelationsSpecialist = "relations-specialist",
        /// Records complaints (A08-d1, A08-n1a).
        RelationsAdviser = "relations-adviser",
        /// Decides nature, category and handler of a complaint (A08-d2.1).
        RelationsManager = "relations-manager",
        /// Main handler of sales complaints; answers for new-car files (A08-d3.1, A07-d2).
        SalesManager = "sales-manager",
        /// Main handler of after-sales complaints (A08-d3.1).
        ServiceManager = "service-manager",
        /// Whoever was named to handle one complaint (A08-n3a, A08-x2).
        ComplaintHandler = "complaint-handler",
        /// Receives a major complaint and negotiates it (A08-m2a, A08-m3b).
        BusinessManager = "business-manager",
        /// Owns the user archives (A07-d1a).
        CustomerCare = "customer-care",
        /// Signs for, checks, scans and files the user archives (A07-g5a, A07-n.5).
        ArchiveAdministrator = "archive-administrator",
        /// Checks and executes the archive fines (A07-f9).
        CustomerDirector = "customer-director",
        /// Confirms customer files; answers for sales files (A03-4.1.2c, A07-d2).
        SalesDirector = "sales-director",
        /// Builds and hands over files; approves credit over thirty days (A07-n.1, A02-1.4.2).
        Sales = "sales",
        /// Hands over after-sales files (A07-a.1).
        AfterSales = "after-sales",
        /// Checks and hands over the new-car file (A07-f1).
        SalesConsultant = "sales-consultant",
        /// Checks the after-sales file and the visit's contact (A07-a.2, A07-f3).
        ServiceAdviser = "service-adviser",
        /// Signs the first over-limit invoice (A02-2.2.1a).
        RegionalManager = "regional-manager",
        /// Issues it and bears the unpaid share; the post is unnamed (A02-2.2.2a, A02-4.1b).
        LastInvoiceIssuer = "last-invoice-issuer",
        /// One of the three who bear an unapproved dispatch (A02-3.2).
        LogisticsSpecialist = "logistics-specialist",
        /// One of the three who bear an unapproved dispatch (A02-3.2).
        WarehouseKeeper = "warehouse-keeper",
        /// One of the three who bear an unapproved dispatch (A02-3.2).
        HeadOfMarketing = "head-of-marketing",
        /// Builds its own customer files (A03-4.1.2a).
        JointOperationOffice = "joint-operation-office",
        /// Manages relationship upkeep and corrective measures (A03-5.1.1, A03-sd).
        CompanyOffice = "company-office",
        /// Runs the yearly satisfaction survey (A03-sa).
        MarketingHeadOffice = "marketing-head-office",
        /// Assists sales (A03-3.2).
        Mine = "mine",
        /// Sets the least profit (A04-8).
        ProjectManager = "project-manager",
        /// Looks after the region's key accounts (A10-1).
        KeyAccountManager = "key-account-manager",
        /// Orders and delivery (A10-2).
        Operations = "operations",
        /// Registers customers each day and owns them (A12-3.1.1b, A12-3.1.3).
        LeasingManager = "leasing-manager",
        /// Receives customers who ask for nobody (A12-3.1.5b).
        OnDuty = "on-duty",
        /// Receives and keeps the registration forms (A12-3.1.1b, A12-3.1.7a).
        GeneralServices = "general-services",
        /// Reviews destruction (A12-3.2.8b).
        HeadOfLeasing = "head-of-leasing",
        /// Is named on the form and may do nothing (A12-3.1.6).
        Intermediary = "intermediary",
        /// Keeps profiles, asks for referrals (A14-2.2, A14-N1).
        PropertyConsultant = "property-consultant",
        /// Wins over the central persons with the consultants (A14-3.2).
        SalesSiteManager = "sales-site-manager",
        /// Writes the minutes of the weekly meeting (A13-m4).
        MinuteTaker = "minute-taker",
        /// Manages operators, import and export; ours, no clause.
        Administrator = "administrator",
        /// Takes calls at a call centre; ours, no clause.
        CallAgent = "call-agent",
        /// Announces calls; a program, no person; ours, no clause.
        TelephoneSystem = "telephone-system",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_lead_back_to_their_role() {
        let ids: BTreeSet<_> = Role::ALL.iter().map(|role| role.id()).collect();
        assert_eq!(ids.len(), Role::ALL.len());
        for role in Role::ALL {
            assert_eq!(Role::from_id(role.id()), Some(*role));
        }
        assert_eq!(Role::from_id("doorman"), None);
    }

    #[test]
    fn the_written_form_is_the_id() {
        for role in Role::ALL {
            let json = serde_json::to_string(role).unwrap();
            assert_eq!(json, format!("\"{}\"", role.id()));
            assert_eq!(serde_json::from_str::<Role>(&json).unwrap(), *role);
        }
    }

    #[test]
    fn stored_positions_never_move() {
        let at = |role: Role| Role::ALL.iter().position(|other| *other == role);
        assert_eq!(at(Role::GeneralManager), Some(0));
        assert_eq!(at(Role::CustomerService), Some(8));
        assert_eq!(at(Role::ArchiveAdministrator), Some(24));
        assert_eq!(at(Role::Administrator), Some(51));
        assert_eq!(at(Role::CallAgent), Some(52));
    }

    #[test]
    fn every_role_has_a_name_in_both_languages() {
        for texts in [
            include_str!("../../locales/zh/domain.ftl"),
            include_str!("../../locales/en/domain.ftl"),
        ] {
            for role in Role::ALL {
                let key = format!("role-{} = ", role.id());
                assert!(texts.lines().any(|line| line.starts_with(&key)), "{key}");
            }
        }
    }
}

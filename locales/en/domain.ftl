### roles

role-general-manager = General manager
role-property-general-manager = General manager of the property company
role-property-centre-manager = Property centre manager
role-leader = Superior
role-centre-management = Manager at the property centre
role-person-in-charge = Person in charge
role-reception = Reception
role-department-head = Head of the responsible department
role-customer-service = Customer service staff
role-customer-service-manager = Customer service manager
role-information-supervisor = Customer information supervisor
role-information-specialist = Customer information specialist
role-development-specialist = Customer development specialist
role-designated-keeper = Designated keeper
role-borrower = Borrower
role-unit-head = Head of the applicant's unit
role-relations-specialist = Customer relations specialist
role-relations-adviser = Customer relations adviser
role-relations-manager = Customer relations manager
role-sales-manager = Sales manager
role-service-manager = Service manager
role-complaint-handler = Complaint handler
role-business-manager = Manager of the business department
role-customer-care = Customer care department
role-archive-administrator = Archive administrator
role-customer-director = Customer director
role-sales-director = Sales director
role-sales = Sales department
role-after-sales = After-sales department
role-sales-consultant = Sales consultant
role-service-adviser = Service adviser
role-regional-manager = Regional manager
role-last-invoice-issuer = Issuer of the last over-limit invoice
role-logistics-specialist = Logistics specialist
role-warehouse-keeper = Warehouse keeper
role-head-of-marketing = Head of marketing
role-joint-operation-office = Joint-operation office
role-company-office = Company office
role-marketing-head-office = Marketing head company
role-mine = Mine or department
role-project-manager = Project manager
role-key-account-manager = Key-account manager
role-operations = Operations department
role-leasing-manager = Leasing manager
role-on-duty = Person on duty
role-general-services = General services department
role-head-of-leasing = Head of leasing
role-intermediary = Intermediary
role-property-consultant = Property consultant
role-sales-site-manager = Sales-site manager
role-minute-taker = Minute-taker
role-administrator = Administrator
role-call-agent = Call-centre operator

### profile faults

profile-fault-unknown-base = { $place }: there is no site profile "{ $key }". Choose one of property, dealership, leasing, call-centre, distributor, mining.
profile-fault-unknown-base-near = { $place }: there is no site profile "{ $key }". Did you mean "{ $nearest }"? Correct it and start again.
profile-fault-syntax = { $place }: this cannot be read ({ $detail }). Correct the line and start again.
profile-fault-unknown-key = { $place }: there is no setting "{ $key }". Remove it, or compare with a built-in profile and rename it.
profile-fault-unknown-key-near = { $place }: there is no setting "{ $key }". Did you mean "{ $nearest }"? Correct it and start again.
profile-fault-unknown-name = { $place }: "{ $key }" names "{ $name }", which does not exist. Compare with a built-in profile and correct it.
profile-fault-unknown-name-near = { $place }: "{ $key }" names "{ $name }", which does not exist. Did you mean "{ $nearest }"? Correct it and start again.
profile-fault-missing-key = { $place }: "{ $key }" lacks "{ $name }". Add it and start again.
profile-fault-value = { $place }: the value of "{ $key }" is wrong ({ $detail }). Correct it and start again.
profile-fault-range = { $place }: "{ $key }" must be between { $least } and { $most }. Correct it and start again.
profile-fault-hours = { $place }: "{ $key }": work must end after it starts. Correct it and start again.

### calendar faults

calendar-fault-unreadable = This holiday file cannot be read ({ $detail }). Use a yearly JSON file of holiday-cn.
calendar-fault-outside-year = The holiday file of { $year } names { $date }, which is not of that year. Check the file and import it again.

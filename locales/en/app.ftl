### Names of tabs, filters, orders

tab-intake = Intake
    .short = Intake
tab-complaints = Complaints
    .short = Compl
tab-archive = Archive
    .short = Arch
tab-customers = Customers
    .short = Cust
tab-low-space = low disk
tab-late = { $count } late
rehearsal = [rehearsal]
filter-current-intake = All requests
filter-current-complaint = All complaints
filter-current-file = All files
filter-current-loan = All loans
filter-current-customer = Customers
filter-all = All, retired too
filter-open-intake = Open
filter-closed-intake = Closed
filter-open-complaint = Open
filter-closed-complaint = Ended
filter-open-loan = On loan
filter-closed-loan = Returned
filter-late = Late
filter-key = Key customers
filter-retired = Retired
filter-on-loan = On loan
filter-on-shelf = On the shelf
sort-newest = Newest first
sort-oldest = Oldest first
sort-age = Longest open first
sort-name = By name
sort-due = Most urgent first

### Lists and records

title-find = found by “{ $words }”
title-total = { $count } in all
title-truncated = not all are listed
title-history = History
title-contacts = Contacts
title-remarks = Remarks
title-looks = Looked at by
title-revealed = shown in full
title-caller = Caller
find-label = Find:
list-empty = Nothing here yet.
list-none-found = Nothing found.
none-found = Nothing found.
list-loading = Reading…
field-next = Next
missing = missing
late-by = { $days ->
        [one] { $days } day late
       *[other] { $days } days late
    }
provisional = {" "}(provisional)
confirm-late = { $days ->
        [one] The card is { $days } day past its check; please confirm it.
       *[other] The card is { $days } days past its check; please confirm it.
    }
loan-brief = On loan to { $borrower }, due { $due } ({ $number })
too-small = The window is too small: { $columns } columns and { $rows } rows are needed. Nothing is lost.
caller-type = Type the number: who calls and what is open appears here.
caller-unknown = Unknown number: name and place are needed.
caller-several = { $count ->
    [one] 1 customer has a number that begins so; { $key } takes it
   *[other] { $count } customers have a number that begins so; { $key } to choose
}
caller-open = Open
caller-recent = Recent contacts

### Forms

form-new-call = New call
form-new-letter = New letter
form-new-visit = New visit
form-edit-intake = Edit
form-close-intake = Close
form-new-complaint = New complaint
form-complaint-of = Complaint from
form-edit-complaint = Edit complaint
form-assign-complaint = Assign
form-answer-complaint = Answer
form-close-complaint = Close complaint
form-withdraw-complaint = Withdraw
form-new-file = New file
form-edit-file = Edit file
form-check-out = Lend
form-check-in = Take back
form-new-customer = New customer
form-edit-customer = Edit customer
form-welcome = First start
form-sign-in = Sign in
form-password = Password
form-deputies = Deputy
form-remark = Remark
form-overtaken = { $name } changed this record at { $time }; you will be asked when saving
also-open = { $count ->
        [one] { $names } has this open too
       *[other] { $names } have this open too
    }
form-started = started { $time }
footer-close = Close
footer-keep-found = Keep these
button-save = Save
button-sign-in = Sign in
footer-pledge = Read, and I keep to it
footer-back = Back
footer-go-on = Go on with these

### Popups

popup-help = Help
popup-notices = Notices
popup-handling = Call handling
popup-palette = All commands
popup-drafts = Drafts
popup-operators = Who works here?
popup-filters = Filter
popup-sorts = Order
popup-customers = Choose a customer
popup-values = Choose
popup-confirm = Please confirm
popup-conflict = Changed by somebody else
popup-welcome = Welcome to the front desk
popup-sign-in = Sign in
popup-password = Password
popup-deputies = Deputy
popup-remark = Remark
popup-pledge = Confidentiality
program = Front desk
sign-in-text = Please sign in. A login, a name or initials will do.
sign-in-held = Locked by { $name } at { $time }. Type the password to go on; for somebody else, change the login.
password-text = Type the new password twice, at least eight characters.
password-short = Too short: at least { $count } characters.
password-differs = The two do not agree; please type them again.
deputies-text = Who stands in for you, from which day to which, both included. With nobody named, nobody does.
remark-text = Beside the record; what was entered stays as it is. Name and time go with it.
confidentiality-text =
    1. Look at customers’ data for the matter in hand only, and at nothing that is no part of your work (A11-17).
    2. The data are the company’s: do not copy, photograph or take them away, and do not treat them as your own (A11-19).
    3. Names, telephones, addresses and identity numbers are told to nobody they do not concern, and are no matter for small talk or public places (A11-26).
    4. If somebody outside wants customers’ data, ask first, and give them only once it is approved (A11-24).
    5. Every look is written down; your password is yours alone, and you lock the screen when you leave your seat.
    6. If you notice a leak, or that there may be one, do at once what can be done and report it (A11-27).
    7. Before you leave the company, bring back what you borrowed and hand over customers and complaints; all this holds after you have left (A11-19, A11-21).
popup-which-key = Next key
welcome-text = Choose the kind of site, your name and a password, and the desk opens. Without a login, the name is one.
welcome-operator = Front desk
help-input-method = While an input method is on, letters do not work as keys; use the function keys or Ctrl.
help-clauses = Clauses behind this tab
key-none = no key
key-more = more
conflict-head = { $number } was changed by { $name } at { $time }. Choose for each field; saving comes after.
conflict-taken = taken over
conflict-mine = Mine
conflict-theirs = Theirs
conflict-elsewhere = Nothing that you changed was changed there.
confirm-quit = A form is not saved. Its draft stays. Leave the desk?
confirm-quit-waits = A change still waits for the line and is not saved if you leave now; the draft of a form stays. Leave the desk?
confirm-discard = Throw this form and its draft away? It cannot be brought back.
confirm-retire = Retire customer { $name } ({ $number })? The customer leaves the usual lists; nothing is deleted.
confirm-unretire = Bring customer { $name } ({ $number }) back?
proof-loan = How the last day is counted
proof-loan-of = How the last day of { $number } is counted
proof-complaint = How the term of { $number } is counted
proof-due = From { $from }, until { $date }
proof-provisional = Reaches into a year whose holidays are not announced: provisional.
day-working = working day
day-start = the day itself
day-weekend = weekend
day-holiday = { $name }, day off
day-make-up = worked in exchange for { $name }
day-counted = day { $count }
day-not-counted = not counted
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
handling-period = { $from } to { $to }
handling-none = No calls or visits in this time.

### Messages

toast-saved-before = This form was saved before as { $number }; what it holds now was not saved. Open that one to change it, or save again if this is another matter.
toast-saved = { $number } is saved.
toast-not-saved = { $count ->
        [one] Not saved: one thing to put right.
       *[other] Not saved: { $count } things to put right.
    }
toast-drafts = { $count ->
        [one] One draft waits for you ({ $key }).
       *[other] { $count } drafts wait for you ({ $key }).
    }
toast-drafts-full = { $count } drafts wait already, and this one isn’t kept. Save soon with { $key }, then finish or discard some: { $drafts }.
toast-draft-not-kept = The draft can’t be written to disk. Save soon with { $key }, and free some space.
toast-left = Left; what was typed is kept as a draft ({ $key } brings it back).
toast-discarded = Thrown away.
toast-resumed = The draft is open again.
toast-conflict = Please check and save again.
toast-set-up = The desk is set up.
toast-password = The password is changed.
toast-waits = Sent; it is saved as soon as the line is back.
line-lost = The line to the desk is lost; joining again… go on typing
line-leaving = The desk is starting anew; joining again… go on typing
line-stopped = The administrator has stopped the desk; joining when it is back… go on typing
toast-notices = { $count ->
        [one] There is one notice to read.
       *[other] There are { $count } notices to read.
    }

### Why something cannot be done

why-no-operator = Nobody works here yet.
why-no-such-tab = This site has no such tab.
why-form-open = Save or leave the form first.
why-nothing-new = This form changes a record that exists; just save it.
why-no-form = No form is open.
why-nothing-retired = Only customers can be retired.
why-no-drafts = There are no drafts.
why-no-notices = There are no notices.
why-no-record = No record is selected.
why-no-date = This record has no term.
why-not-a-file = Do this in the list of files.
why-one-list = This tab has one list.
why-not-a-customer = Do this in the list of customers.
why-not-a-request = Do this in the list of requests.
why-not-out = This file is not on loan.
why-lent = It is out on { $loan }.
why-no-shelves = Select an inspection of the shelves that is not closed.
why-already-back = { $loan } is back already.
why-no-values = This field has no list of values.
why-no-last-value = There is no last value for this field.
refusal-not-in-list = “{ $value }” is none of the values.
    .next = Choose one from the list.
refusal-not-a-number = “{ $value }” is no number.
    .next = Write digits only.
refusal-not-a-date = “{ $value }” is no date.
    .next = Write it as 2026-06-08.

### Fields

field-number = Number
field-when = When
field-overdue = Late
field-late = State
field-state = State
field-name = Name
field-employer = Employer
field-position = Position
field-address = Address
field-phones = Telephones
field-phone = Telephone
field-salutation = Form of address
field-place = Place
field-plates = Plates
field-created_by = Entered by
field-waits = Waiting
field-customer_class = Class
field-customer_line = Line of business
field-sales_site = Sales site
field-customer_source = Source
field-plate = Plate
field-note = Note
field-owner = Owner
field-marks = Marks
field-confirmed_on = Confirmed
field-channel = Channel
field-kind = Kind
field-caller = Caller
field-text = Request
field-access = Access
field-department = Department
field-register = Register
field-started_at = Started
field-outcome = Outcome
field-complaint = Complaint
field-customer = Customer
field-complainant = Complainant
field-category = Category
field-made_at = Made at
field-handler = Handler
field-answer = Answer
field-last_note = Last note
field-intake = Request
field-title = Material
field-class = Class
field-person = Person
field-shelf = Shelf
field-pieces = Pieces
field-grade = Grade
field-remarks = Remarks
field-loan = Loan
field-filed_on = Filed on
field-file = File
field-borrower = Borrower
field-unit = Unit
field-copies = Copies
field-which = Which pieces
field-waiting = Waiting
field-not_found = Not found
field-label = Label
field-reason = Reason
field-due = Due
field-deadline = Deadline
field-lent_at = Lent
field-pieces_back = Pieces back
field-back = Returned
field-code = Outcome
field-login = Login
field-password = Password
field-new = New password
field-again = Once more
field-old = Old password
field-deputy = Deputy
field-remark = Remark
field-from = From
field-to = To
field-roles = Roles
field-profile = Kind of site
field-site = Name of site
field-operator = Your name
field-sample = Sample data
field-external = Former number
field-created = Recorded
field-changed = Changed
field-count = Count
field-mean = Mean
field-median = Median
field-longest = Longest

### Words of values

choice-yes = Yes
choice-no = No
kind-customer = customer
kind-intake = request
kind-complaint = complaint
kind-file = file
kind-loan = loan
kind-operator = operator
kind-site = site
kind-import = import
kind-permit = permit
kind-looks = looks
channel-call = Call
channel-letter = Letter
channel-visit = Visit
channel-online = Online
channel-other = Other
reply-channel-call = by telephone
reply-channel-letter = in writing
reply-channel-visit = in person
reply-channel-online = online
reply-channel-other = otherwise
intake-kind-enquiry = Enquiry
intake-kind-repair = Repair
intake-kind-complaint = Complaint
intake-kind-suggestion = Suggestion
intake-kind-objection = Objection
intake-kind-move-in = Move-in
intake-kind-other = Other
intake-state-recorded = Recorded
intake-state-accepted = Accepted
intake-state-closed = Closed
outcome-resolved = Resolved
outcome-turned-into-complaint = Made a complaint
outcome-withdrawn = Taken back
outcome-passed-on = Passed on
complaint-state-recorded = Recorded
complaint-state-assigned = Assigned
complaint-state-answered = Answered
complaint-state-closed = Closed
complaint-state-withdrawn = Withdrawn
step-record = record
step-assign = assign
step-answer = answer
step-close = close
step-withdraw = withdraw
file-state-in = on shelf
file-state-out = on loan
file-state-missing = Not found
loan-state-out = out
loan-state-back = returned
salutation-unknown = not known
    .addressed = { $name }
salutation-mr = Mr
    .addressed = Mr { $name }
salutation-ms = Ms
    .addressed = Ms { $name }
salutation-teacher = Teacher
    .addressed = Teacher { $name }
salutation-manager = Manager
    .addressed = Manager { $name }
salutation-firm = Firm
    .addressed = { $name }
grade-none = None
grade-secret = 机密 Secret
grade-top-secret = 绝密 Top secret
mark-key = Key customer
    .short = key
mark-retired = Retired
    .short = retired

### What somebody may do

permission-customer = customers
    .see = see customers, requests and complaints
    .register = register customers
    .change = change customers
    .mark-key = mark key customers
    .retire = retire customers
permission-intake = requests
    .log = log calls, letters and visits
    .repair = accept repair requests
    .close = close requests
permission-complaint = complaints
    .record = record complaints
    .assign = assign complaints
    .answer = answer complaints
    .close = close complaints
    .withdraw = withdraw complaints
permission-file = files
    .see = see files and loans
    .create = set up files
    .change = change files
permission-loan = loans
    .check-out = lend files
    .check-in = take files back
permission-operator = operators
    .manage = manage operators
permission-import = import records
permission-export = export records
permission-report = see reports
permission-contact = contacts
    .reveal = have masked details shown
permission-looks = the log of looks
    .see = see who looked at what
permission-backup = back up the store
permission-call-announce = announce calls
permission-permit = permits
    .grant = grant permits
permit-kind-read = reading another’s form
permit-kind-export = exporting
permit-kind-backup = backing up

### Looks at somebody’s data

look-open = opened
look-reveal = shown in full
look-search = searched
look-export = exported
look-print = printed
look-on-call = Opened during a call, identity checked
look-backup = backed up
look-sign-in = signed in
look-refused = refused

### What was done, in a history

did-set-up = set up
did-register-customer = registered
did-change-customer = changed
did-mark-customer = marked
did-confirm-card = confirmed
did-log-intake = logged
did-change-intake = changed
did-attach-customer = customer attached
did-close-intake = closed
did-record-complaint = complaint recorded
did-change-complaint = changed
did-step-complaint = taken a step on
did-create-file = set up
did-change-file = changed
did-check-out = lent
did-check-in = taken back
did-add-operator = operator added
did-change-operator = operator changed
did-begin-import = import begun
did-adopt = imported
did-void-import = import taken back
did-grant-permit = permit granted
did-revoke-permit = permit taken back
did-add-remark = remark added

### Files out and in

popup-export = Export
popup-import = Import
popup-import-path = A file to import
popup-files = Which file to import
popup-becomes = What each row is
popup-sheets = Which sheet
popup-encodings = Which of them reads right
popup-join = Join which column
popup-column-values = What each value becomes
popup-meaning = Becomes
popup-constant = In every row
import-join = (Join another column…)
import-values = (What each value becomes…)
import-constant = (The same in every row…)
import-value-unknown = ! not known
import-value-as-it-is = (As it stands)
popup-columns = Which column
popup-imports = Imports there were (choose one to take back)
popup-rejects = Refused rows
form-export = Export
form-import-path = A file to import
export-text = To be exported: { $what }. It will stand in the log of looks. The name needs no ending.
import-path-text = The whole path of the file on this machine.
button-export = Export
button-read = Read
button-try = Dry run
button-run = Import
button-fill = Fill what is there
button-new = Make new records too
button-columns = Columns again
button-rejects = Save refused rows
button-take-back = Take it back
button-close = Close
field-file_name = File name
field-format = Format
field-place_of = Where to
format-xlsx = XLSX (Excel, WPS)
format-csv = CSV
format-csv-gb18030 = CSV (GB18030, for old programs)
format-jsonl = JSON lines (for programs)
place-outbox = My outbox
place-path = A path on this machine
export-no-name = Name the file.
exported-outbox = Exported { $count ->
        [one] 1 record
       *[other] { $count } records
    } to your outbox: { $name }
exported-path = Exported { $count ->
        [one] 1 record
       *[other] { $count } records
    }: { $name }
exported-fetch = Fetch it on your own computer: ssh HOST frontdesk get { $name } >{ $name }
working-export = Exporting
working-print = Printing
working-read = Reading
working-dry = Dry run
working-import = Importing
working-rejects = Writing refused rows
working-take-back = Taking back
working-begins = Beginning…
working-done = { $done } done
working-of = { $done } of { $total } ({ $percent }%)
working-joining = Putting the file together…
working-hint = It can go on behind the screen; you are told when it is done.
footer-behind = Go on behind
footer-stop = Stop
footer-column = Another column
toast-stopped = Stopped.
confirm-stop-export = Stop the export? No file will be left.
confirm-stop-read = Stop reading?
confirm-stop-dry = Stop the dry run?
confirm-stop-import = Stop the import? What came in stays, and can be taken back whole.
confirm-stop-rejects = Stop writing the refused rows?
confirm-stop-take-back = Stop taking back? What is taken back already does not return.
import-other-file = Another file on this machine…
import-no-files = There is no file in your outbox.
import-put = Put one there from your own computer: ssh HOST frontdesk put --outbox NAME <file
import-no-column = (none)
import-choosing = Not everything is chosen; accept to go on choosing.
import-reading = Reading the file…
import-trying = Dry run: each row is checked, nothing is written.
import-running = Importing.
import-rows = { $count ->
        [one] 1 row
       *[other] { $count } rows
    }
incoming-sheet = sheet “{ $name }”
import-in = in { $encoding }
import-field = Field
import-column = Column
import-sample = First rows as they will be read
import-wanted = ! none yet
import-missing = No column yet for: { $field }
import-left-over = Columns of the file that are not used: { $names }
import-columns-hint = * must be filled. Move to a field to choose another column; when all is right, do the dry run.
import-would-be = Dry run: { $read } rows read, { $imported } would be imported, { $rejected } refused. Nothing was written.
import-was = { $read } rows read, { $imported } imported, { $rejected } refused.
incoming-attached = { $count } of them belong to a customer who is there already.
incoming-filled = { $count } rows go into empty fields of customers who are there already.
incoming-already = { $count } rows are there already and are passed over.
import-cut-short = Stopped at line { $line }: nothing from there on was imported.
import-was-stopped = Stopped before the end: the rows after that were not imported.
import-number = This import is { $import }; by that number it can be taken back later too.
import-more-rejects = Only the first { $count } are listed; the file of refused rows has all.
import-at-line = Line { $line }
import-at-column = Line { $line }, column { $column } ({ $header })
import-at-cell = { $cell } ({ $header })
import-over = The import is done; choose import again to see what came of it.
import-rejects-name = { $name }-refused.csv
import-rejects-saved = The refused rows are in your outbox: { $name }
import-taken-back = { $import } is taken back whole.
imports-none = Nothing was imported yet.
confirm-take-back = Take back all of { $import }? Its records leave the lists, and their numbers are not used again.
confirm-take-back-rows = Take back all { $count } records of { $import }? They leave the lists, and their numbers are not used again.
job-file-there = There is such a file already, and it was left as it is. Choose another name.
job-no-file = There is no such file. Check the path.
job-file-denied = That file is not yours to read or write.
job-file-large = The file is too large to be read. Import it in several files.
job-file = The file could not be read or written: { $why }

# The cover, and the check during a call.
veil-title = The screen is covered
veil-text = { $key } uncovers it; nothing is lost.
confirm-on-call = A call is going on. Was the caller's identity checked, and may { $number } be opened? (It is written down.)
not-by-telephone = Graded: not by telephone. [A11-26.3]

# A telephone rings.
ringing = Call { $phone }  { $who }
ringing-unknown = unknown number
ringing-open = { $count } open
why-no-call = No telephone rings.

# Keys: what actions and layers are called, and what can be wrong in a keymap or a script.

## Actions, as help, the palette and the footer call them.

action-new-call = New call
    .help = Log a call; the clock starts with this key
action-new-letter = New letter
    .help = Log a letter
action-new-visit = New visit
    .help = Log a visit; the clock starts with this key
action-make-complaint = Make a complaint of it
    .help = Make a complaint of the selected row; its text is carried over
action-attach-customer = Attach a customer
    .help = Say which customer the caller is
action-close-intake = Close intake
    .help = Enter the outcome and close the selected row
action-next-of-repair = Next step
    .help = What comes next for this repair: response, solution, answer
action-steps-of-repair = All steps
    .help = Every step that this repair can take now
action-new-complaint = New complaint
    .help = Record a complaint directly
action-assign-complaint = Assign
    .help = Give the selected complaint to a department and a person; its term begins
action-answer-complaint = Answer
    .help = Enter what the complainant was told
action-close-complaint = Close complaint
    .help = Close it, once answered
action-withdraw-complaint = Withdraw
    .help = The complainant takes it back; its number stays
action-next-step = Next step
    .help = The step that is next for the selected complaint or measure: its form
action-steps = All steps
    .help = Every step the selected complaint or measure can take now, with its clause
action-new-measure = New measure
    .help = Draft a corrective or preventive measure for the selected complaint
action-toggle-measures = Complaints or measures
    .help = Change between the two lists
action-go-approvals = Approvals
    .help = To the approvals: everything that waits for my yes
action-approve = Approve
    .help = Open the form that approves the selected matter
action-decline = Send back
    .help = Send the selected matter back, with a reason
action-acknowledge-major = Acknowledge major complaint
    .help = Say that you have seen the major complaint above
action-add-to-open = Add to the open one
    .help = Make no new one; add this to the one shown beside it
action-new-file = New file
    .help = Set up an archive file
action-check-out = Lend
    .help = Lend the selected file: borrower, pieces, reason, due day
action-check-in = Take back
    .help = Take it back; complete, it is struck from the open list and stays readable
action-scan = Scan
    .help = Labels read by a scanner: files that come back, or the shelves of the selected inspection, one after the other.
action-toggle-register = Files or loans
    .help = Switch between files and the loan register
action-registers = Registers
    .help = Choose among the lists of this tab
action-next-of-archive = Next step
    .help = What comes next for this record of the archive
action-steps-of-archive = All steps
    .help = Every step that this record of the archive can take
action-request-access = Request
    .help = Ask to read, borrow, copy, carry or give outside the selected file
action-new-customer = New customer
    .help = Register a customer
action-mark-key = Key customer
    .help = Mark as key customer or take the mark off; it is kept in the history
action-confirm-card = Confirm card
    .help = The card is right: confirmed today
action-retire = Retire
    .help = Take a customer out of the default list; nothing is deleted
action-key-only = Key customers only
    .help = List key customers only; again for all
action-call-of = Call from this customer
    .help = Log a call from the selected customer
action-up = Up
action-down = Down
action-page-up = Page up
action-page-down = Page down
action-first = First row
action-last = Last row
action-open = Open
    .help = The whole record and its history
action-new = New
    .help = A new record
action-edit = Edit
    .help = Change the selected record
action-find = Find
    .help = Find by number, phone from either end, name, pinyin, plate, place, text
action-filter = Filter
    .help = Show only one state or kind
action-sort = Sort
    .help = Choose the order
action-clear-filter = Show all
    .help = No filter, no search
action-include-retired = Include retired
    .help = List retired customers too
action-history = History
    .help = What changed, by whom, when
action-reveal = Show all
    .help = Show what is masked of this record for a minute, or mask it again; it is logged
action-remark = Remark
    .help = A remark beside this record, which stays as it is
action-export = Export
    .help = The list as it stands, as a file (XLSX, CSV, JSON lines)
action-mark = Mark
    .help = Mark this row or take its mark away, to work on several at once
action-mark-shown = Mark all shown
    .help = Mark every row on the screen; where all are marked, take the marks away
action-print = Print
    .help = Print the selected or marked complaints, or the day’s register, as forms
action-urge-complaint = Urge
    .help = Urge the handler; of several that are marked, all of them
action-save = Save
    .help = Save; it is saved when it is on disk
action-save-and-new = Save, next
    .help = Save and begin the next one
action-next-field = Next field
    .help = To the next field
action-prev-field = Previous field
    .help = To the previous field
action-pick = Pick
    .help = The values this field can have
action-repeat-last = Same as last
    .help = What this field held in the last record
action-last-customer = Last customer
    .help = Put in the customer whose record was saved or opened last
action-phrases = Standard phrases
    .help = Sentences of the house: one key more puts one in where the caret is
action-leave = Leave, keep draft
    .help = Leave; what was typed stays as a draft
action-discard = Discard draft
    .help = Throw the form and its draft away, after a question
action-caret-left = Character left
action-caret-right = Character right
action-word-left = Word left
action-word-right = Word right
action-line-start = Start of line
action-line-end = End of line
action-line-up = Line up
action-line-down = Line down
action-select-left = Select left
action-select-right = Select right
action-select-all = Select all
action-backspace = Delete left
action-delete = Delete right
action-delete-to-end = Delete to end
action-clear-field = Clear field
action-undo = Undo
action-redo = Redo
action-new-line = New line
action-accept = OK
action-cancel = Cancel
action-take-mine = Mine
    .help = Go on with your value of this field
action-take-theirs = Theirs
    .help = Go on with the value the record has now
action-all-mine = All mine
    .help = Go on with your values of all fields
action-all-theirs = All theirs
    .help = Go on with the record’s values of all fields
action-go-intake = Intake
    .help = To Intake
action-go-complaints = Complaints
    .help = To Complaints
action-go-archive = Archive
    .help = To Archive
action-go-customers = Customers
    .help = To Customers
action-next-tab = Next tab
    .help = To the next tab
action-prev-tab = Previous tab
    .help = To the previous tab
action-help = Help
    .help = Keys, actions and clauses of this tab
action-palette = All commands
    .help = Find any action by name and run it
action-drafts = Drafts
    .help = Unfinished forms, to go on with
action-explain-date = Explain date
    .help = How the due day was counted, day by day
action-analysis = Figures
    .help = The figures of a quarter’s complaints, the lists behind them, the departments’ parts, and submitting the report; in the archive, the files by department and class, and what waits to be filed.
action-monthly-reports = Reports of a month
    .help = The archive’s stock, new cars, sources of customer data and fines, month by month, and the lists behind them.
action-handling-report = Handling times
    .help = From start to save, by operator
action-import = Import
    .help = A file into the store: choose it, check its columns, dry run, import
action-imports = Imports
    .help = The imports there were; take one back whole
action-notices = Notices
    .help = What opening the store and the keymap had to say
action-lock = Lock
    .help = Lock the screen when you leave; nothing of a customer stays on it
action-veil = Cover the screen
    .help = Covers the whole screen until it is pressed again; a call and what is being typed go on.
action-take-call = Take the call
    .help = Opens a call with the number that rings above everything; the form that was open waits as a draft.
action-switch-operator = Switch operator
    .help = Another operator at this terminal
action-sign-out = Sign out
    .help = Leave the seat; unfinished forms stay as drafts
action-change-password = Password
    .help = Choose another password
action-deputies = Deputy
    .help = Who stands in for you, and when
action-switch-language = 中文
    .help = Change to Chinese
action-redraw = Redraw
    .help = When the screen is garbled
action-quit = Quit
    .help = Leave the desk; drafts stay

## Layers, as help and the keymap check call them; the dots of their names are hyphens here.

layer-field = Text field
layer-form = Form
layer-popup = Popup
layer-pane-intake = Intake
layer-pane-complaints = Complaints
layer-pane-archive = Archive
layer-pane-customers = Customers
layer-list = List
layer-global = Everywhere

## What is wrong in a keymap file, and as .next what to do.

keymap-fault-syntax = This line is not valid TOML: { $message }.
    .next = Write keys and action in quotes: "Ctrl+E" = "edit".
keymap-fault-more = From here on { $count } more faults were found.
    .next = Mend those above first, then check again.
keymap-fault-too-long = A sequence has at most { $count } keys.
    .next = Choose fewer keys for it.
keymap-fault-unknown-preset = There is no preset “{ $name }”.
    .next = { $nearest ->
        [none] The presets are default, vim, emacs, greenscreen and empty.
       *[other] Did you mean “{ $nearest }”?
    }
keymap-fault-unknown-section = There is no section “{ $name }”.
    .next = { $nearest ->
        [none] The sections are global, list, form, field, popup, pane.intake, pane.complaints, pane.archive and pane.customers.
       *[other] Did you mean “{ $nearest }”?
    }
keymap-fault-homeless = “{ $keys }” stands outside all sections.
    .next = Move the line under a section such as [list] or [global].
keymap-fault-not-an-action = “{ $keys }” is not given the name of an action.
    .next = Write the action in quotes: "{ $keys }" = "edit". To take the key away, use unbind = ["{ $keys }"].
keymap-fault-unknown-action = There is no action “{ $name }”.
    .next = { $nearest ->
        [none] The names of all actions are printed by “frontdesk keys”.
       *[other] Did you mean “{ $nearest }”?
    }
keymap-fault-bad-key = “{ $name }” is not a key.
    .next = { $nearest ->
        [none] Keys are written n, F2, Enter, Ctrl+S; one after the other with a space: Ctrl+X Ctrl+S.
       *[other] Did you mean “{ $nearest }”?
    }
keymap-fault-bad-unbind = unbind needs a list of keys in quotes.
    .next = Write unbind = ["F5", "g g"], or unbind = ["*"] for all of the section.
keymap-fault-nothing-to-unbind = “{ $keys }” has no meaning in this section.
    .next = Delete it from unbind, or move it to the section that has the key.
keymap-fault-twice = “{ $keys }” already means “{ $action }” since line { $line }.
    .next = Keep one of the two lines.
keymap-fault-shadowed = “{ $keys }” and “{ $other }” begin alike; “{ $other }” means “{ $action }” ({ $place }).
    .next = Choose other keys, or add “{ $other }” to unbind in this section.
keymap-fault-never-arrives = Terminals report { $key } as { $arrives }.
    .next = Bind { $arrives } or choose another key.
keymap-fault-is-text = “{ $keys }” is typed as text in a field.
    .next = Choose a function key or a Ctrl form, or use another section.
keymap-fault-wrong-layer = “{ $action }” can never be done in this section.
    .next = Move the line to [{ $layer }].

## What troubles a keymap as a whole.

keymap-finding-unreachable = No key comes to “{ $action }” in [{ $layer }].
    .next = Bind a key to it there.
keymap-finding-unsafe = “{ $action }” in [{ $layer }] has only { $keys }, which does not arrive on every terminal or is taken by the input method.
    .next = Add one of F2 to F9 or a Ctrl form.
keymap-finding-hidden = “{ $keys }” ([{ $layer }], { $action }) never works where [{ $other-layer }] applies: { $other-action } begins with the same key.
    .next = Change one of the two.

## What is wrong in a tape.

script-fault-unknown-key = Column { $column }: “{ $name }” is not a key.
    .next = { $nearest ->
        [none] A “<” that is text is written <lt>.
       *[other] Did you mean <{ $nearest }>?
    }
script-fault-unclosed = Column { $column }: “<” without “>”.
    .next = Close the name of the key, or write <lt> for the sign itself.
script-fault-unclosed-paste = Column { $column }: <paste> without </paste>.
    .next = Add </paste> where the pasted text ends.
script-fault-control = Column { $column }: a control character.
    .next = Write it as a key: <enter>, <tab>, <esc>.
layer-pane-approvals = Approvals
action-go-follow-ups = Follow-ups
    .help = To the follow-ups: whom to contact today
action-new-follow-up = Plan a contact
    .help = A call, a visit, an appointment or a promise; +7 as its day is in 7 days
action-do-follow-up = Done
    .help = Write down the contact and date the next one; of a card to confirm: it is right
action-drop-follow-up = Give up
    .help = Give the planned contact up, with a reason
action-steps-of-follow-up = Every step
    .help = Everything that can be done with what is selected
action-next-of-customer = Next step
    .help = What comes next for what is selected beside the customers
action-steps-of-customer = All steps
    .help = Everything that can be done with the selected customer, or with what is selected beside them
action-mark-closed = Deal closed
    .help = Mark as a customer with a closed deal or take the mark off
layer-pane-follow-ups = Follow-ups

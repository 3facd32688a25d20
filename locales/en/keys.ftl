# Keys: what actions and layers are called, and what can be wrong in a keymap or a script.

## Actions, as help, the palette and the footer call them.

action-new-call = New call
action-new-letter = New letter
action-new-visit = New visit
action-make-complaint = Make a complaint of it
action-attach-customer = Attach a customer
action-close-intake = Close intake
action-new-complaint = New complaint
action-assign-complaint = Assign
action-answer-complaint = Answer
action-close-complaint = Close complaint
action-new-file = New file
action-check-out = Lend
action-check-in = Take back
action-toggle-register = Files or loans
action-new-customer = New customer
action-mark-key = Key customer
action-confirm-card = Confirm card
action-retire = Retire
action-key-only = Key customers only
action-call-of = Call from this customer
action-up = Up
action-down = Down
action-page-up = Page up
action-page-down = Page down
action-first = First row
action-last = Last row
action-open = Open
action-new = New
action-edit = Edit
action-find = Find
action-filter = Filter
action-sort = Sort
action-clear-filter = Show all
action-include-retired = Include closed
action-history = History
action-save = Save
action-save-and-new = Save, next
action-next-field = Next field
action-prev-field = Previous field
action-pick = Pick
action-repeat-last = Same as last
action-leave = Leave, keep draft
action-discard = Discard draft
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
action-go-intake = Intake
action-go-complaints = Complaints
action-go-archive = Archive
action-go-customers = Customers
action-next-tab = Next tab
action-prev-tab = Previous tab
action-help = Help
action-palette = All commands
action-drafts = Drafts
action-explain-date = Explain date
action-handling-report = Handling times
action-notices = Notices
action-switch-operator = Switch operator
action-switch-language = 中文
action-redraw = Redraw
action-quit = Quit

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

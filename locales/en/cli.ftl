### The command line
yes = yes
cli-file = { $path } cannot be read or written: { $why }.
    .next = Check the path and its permissions.
cli-output = The output cannot be written: { $why }.
cli-no-home = There is no home folder, so there is no place for the data.
    .next = Name the data folder with --data or FRONTDESK_DATA.
cli-which-operator = Several operators work here, and it is not said who asks.
    .next = Name one with --as: { $logins }.
cli-odd-answer = The desk gave an answer that was not asked for.
cli-nothing-found = Nothing found.
cli-no-screen = The screen cannot be opened.

usage-value = “{ $value }” is no value for { $argument }.
usage-unknown-argument = There is no argument “{ $argument }”.
usage-unknown-command = There is no command “{ $argument }”.
usage-missing = Something is missing: { $argument }.
usage-conflict = { $argument } cannot be used together with another argument.
usage-other = The command cannot be understood.
usage-nearest = There is: { $nearest }.
usage-next = See frontdesk --help.
usage-time = “{ $value }” is no point in time.
    .next = Write "2024-06-06 15:00".
usage-day = “{ $value }” is no day.
    .next = Write 2024-06-06.
usage-kind = There are no records of the kind “{ $value }”.
    .next = There are: { $known }.
usage-filter = There is no filter “{ $value }”.
    .next = There are: current, all, open, closed, late, key, retired, on-loan, on-shelf, kind=KIND, state=STATE.
usage-number = “{ $value }” is no record number.
    .next = Write IN-2026-00123.
usage-encoding = There is no encoding “{ $value }”.
    .next = There are utf-8, gb18030, gbk, big5, utf-16le and others.
usage-role = There is no post “{ $value }”.
    .next = There are: { $known }.
usage-size = “{ $value }” is no size of a screen.
    .next = Write 80x24.
usage-head = “{ $value }” is no head hash.
    .next = Write its 64 hexadecimal digits, or at least the first 8.

init-done = Made { $site } in { $path }; the first operator signs in as { $login }.
export-done = Exported { $count } records to { $path }.
import-encoding = Encoding { $encoding }. Fields and their columns, with the first row:
import-encoding-guessed = Encoding guessed: { $encoding }. If what follows is nonsense, name it with --encoding. Fields and their columns, with the first row:
import-place = Line { $line }:
import-place-column = Line { $line }, column { $column } ({ $header }):
import-done = Read { $read } rows, imported { $imported }, rejected { $rejected }. To take it back: frontdesk import undo { $import }
import-would = Dry run: read { $read } rows, would import { $imported } and reject { $rejected }. Nothing was written.
import-undone = { $import } is taken back whole; its numbers stay used.
operator-saved = Saved { $number }.

report-operator = Operator
report-count = Count
report-mean = Mean
report-median = Median
report-longest = Longest

rpc-too-long = The line is too long and was not read.
rpc-not-text = The line is not UTF-8 text.
rpc-not-understood = The line cannot be understood: { $detail }.
rpc-do-or-look = A request has either “do” or “look”.

keys-clean = Nothing is wrong with the keys.
keys-faulty = Found { $count } faults in the keys.
    .next = Mend the lines named above.
profile-clean = Nothing is wrong with { $file } (over the profile { $profile }).

verify-clean = All adds up: { $frames } frames, { $records } records, head { $head }.
verify-faulty = Found { $count } things that do not add up.
    .next = Stop using the store, back up its folder, then look into the lines above.

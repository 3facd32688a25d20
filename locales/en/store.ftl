# The store: what happened, and what to do next (.next).

fault-full = The disk is full: { $path } cannot be written.
    .next = Free some space and try again. Everything shown as saved is there.
fault-read-only = The disk that holds { $path } cannot be written to.
    .next = Ask the administrator to make it writable, then open again.
fault-damaged = { $what ->
        [journal] The journal is damaged ({ $place }).
        [frame] An entry of the journal is damaged ({ $place }).
        [needed] An entry of the journal is damaged, and the present data cannot be made without it ({ $place }).
        [keys] The key file is damaged ({ $place }).
        [sealed] Sealed content does not check out ({ $place }).
        [checkpoint] A checkpoint is damaged ({ $place }).
        [value] A record does not match its checksum ({ $place }).
        [archive] The backup is damaged ({ $place }).
        [search] A file of the search index is damaged ({ $place }).
       *[rows] The present data does not match its checksum ({ $place }).
    }
    .next = { $what ->
        [needed] Copy the whole data folder as it is, then put this file back into journal/ from a backup and open again.
        [journal] Copy the whole data folder as it is, then put the newest copy of journal/ back from a backup and open again.
        [archive] Use another backup; this one cannot be restored.
        [search] Close and open the desk again: the search index is made anew from the records. No record is affected.
       *[other] Run frontdesk verify to see how far it goes, and copy the whole data folder before any repair.
    }
fault-foreign = { $path } is not this program's data.
    .next = Choose an empty folder, or check the path of the data folder.
fault-newer = The data was written by a newer version (format { $found }; this one knows up to { $known }).
    .next = Upgrade the program and open again. Nothing was touched.
fault-absent = There is no data in { $path } yet.
    .next = Run frontdesk init to begin, or check the path of the data folder.
fault-exists = There already is data in { $path }.
    .next = Open it, or choose an empty folder for a new one.
fault-locked = { $holder ->
        [unknown] The data folder { $path } is in use by another program.
       *[other] The data folder { $path } is in use by another program (process { $holder }).
    }
    .next = Leave that one first, then open again.
fault-too-large = Too long: { $size } bytes, and { $limit } bytes is the limit.
    .next = Shorten it, or record it in several parts.
fault-io = { $what ->
        [read] { $path } could not be read: { io-why }
        [write] { $path } could not be written: { io-why }
        [sync] { $path } could not be confirmed on disk: { io-why }
        [open] { $path } could not be opened: { io-why }
        [list] The folder { $path } could not be listed: { io-why }
        [make] { $path } could not be made: { io-why }
        [rename] { $path } could not be renamed: { io-why }
        [remove] { $path } could not be removed: { io-why }
        [lock] { $path } could not be locked: { io-why }
        [random] The system gave no random numbers: { io-why }
       *[measure] The free space for { $path } could not be read: { io-why }
    }
    .next = Check the folder's permissions and the disk, then try again.
fault-not-saved = Not saved: { io-why }
    .next = Nothing has changed. Try again.
fault-not-saved-full = Not saved: the disk is full.
    .next = Nothing has changed. Free some space and save again.
fault-unknown = It is not certain whether this was saved: the disk did not confirm it.
    .next = Leave and open again, look whether the entry is there, and only then record it anew.
fault-stopped = An earlier write failed and the store has stopped.
    .next = Leave and open again. Everything shown as saved is there.
fault-no-frame = The journal has no entry { $seq }.
    .next = Check the number.
fault-key-gone = The key of this subject has been destroyed (no. { $slot }); the content cannot be recovered.
    .next = The destruction certificate says on what grounds.

note-torn-tail = An entry was still being written when the program was interrupted; { $bytes } bytes were cut off ({ $segment }). It was never shown as saved.
note-journal-damaged = { $bytes } bytes of the journal { $segment } cannot be read, from byte { $offset } on; the entries behind them are intact. Run frontdesk verify to see which are missing.
note-keys-damaged = { $count } keys cannot be read (from no. { $first } on); the personal data sealed under them cannot be recovered.
note-checkpoint-damaged = The checkpoint { $file } is damaged; the one before is used.
note-half-snapshot = Snapshots left half-written by an earlier start were removed ({ $count }); no data is affected.
note-snapshots-aside = The snapshots could not be used: { $count } were moved aside and the log was read instead; no data is affected.
note-state-kept-aside = { $why ->
        [panic] The present data could not be opened
        [sum] The present data does not match its checksum
       *[corrupt] The present data is damaged
    }; it is kept in { $path } and rebuilt from checkpoint and journal.

# What the operating system said of a file; used within other texts.
io-why = { $why ->
        [not-found] it isn’t there
        [denied] this account may not
        [exists] it is there already
        [folder] it is a folder
        [no-folder] a part of the path is no folder
        [read-only] the disk can only be read
        [full] the disk is full
        [no-text] it isn’t UTF-8 text
        [too-large] it is too large
        [bad-name] the name is too long or not allowed
        [timed-out] no answer came in time
        [nobody] nobody answers there
        [ends] it ends too early
        [memory] there is too little memory
        [device] the disk or the line does not answer
        [files] too many files are open
       *[other] { $why }
    }

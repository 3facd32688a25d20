### The hub: joining it, looking at it, closing it.

fault-line-lost = The line to the desk is lost; it is not certain whether this was done.
    .next = Nothing you typed is lost. It is asked again as soon as the line is back.
fault-busy = The desk is busy and has not answered; nothing was shown.
    .next = Wait a moment and try again.

join-fault-not-there = No hub is running for this data folder.
    .next = It starts with the first session: run frontdesk.
join-fault-other-contract = A hub of another version of frontdesk is running (contract { $contract }).
    .next = If the program was upgraded, run frontdesk hub drain; the sessions that are on keep their forms. Otherwise start the same version as the others.
join-fault-stranger = What answers in the place of the hub belongs to another account (user id { $uid }).
    .next = Nothing was sent to it. Tell the administrator.
join-fault-no-hub = What answers in the place of the hub is no hub.
    .next = Tell the administrator which data folder you opened.
join-fault-full = The hub has as many sessions as it can serve.
    .next = Close a session that is not needed, then try again.
join-fault-stopped = The administrator has stopped the hub.
    .next = Wait until it is started again.
join-fault-not-started = The hub ended as soon as it was started.
    .next = Run frontdesk hub to see why.
join-fault-other-clock = A hub is running, and its clock is not set to that time.
    .next = --clock counts only for a hub that was started with it: stop the hub with frontdesk hub stop, or leave --clock out.

hub-ready = Ready; sessions join at { $path }
hub-drained = The hub has closed. Sessions that are on start a new one and go on.
hub-stopped = The hub has closed. Sessions that are on wait until it is started again.
hub-no-group = There is no group { $name } on this machine.
    .next = Make it, or correct the group in the file of the machine.
hub-not-yours = This hub belongs to another account.
    .next = Run this as the account that owns the data folder.
hub-not-a-hub = What listens in the place of the hub does not have the store, and was left alone.
    .next = See which process it is, and end it yourself.
hub-status = Process { $pid }, version { $program }, contract { $contract }, for { $minutes } min
hub-status-work = Sessions { $sessions }, requests { $requests }, changes { $changes } in { $frames } frames ({ $together } in a frame)
hub-status-room = Journal at { $seq }, memory { $memory } MB, free on the disk { $free } MB
hub-session = { $operator }: process { $pid }, account { $uid }, for { $minutes } min
hub-session-nobody = (nobody signed in): process { $pid }, account { $uid }, for { $minutes } min

help-hub = The process that serves all sessions: run it here, or look at it and close it
    .detach = Run on its own, without a terminal
help-hub-status = Say who is there and how the hub is
help-hub-drain = Close the hub; sessions start a new one and go on
help-hub-stop = Close the hub; sessions wait until it is started again

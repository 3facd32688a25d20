# The terminal: why the desk cannot be opened on it, and as .next what to do.

term-fault-not-a-terminal = The desk needs a terminal.
    .next = Over ssh, ask for one: ssh -t. In a script, use frontdesk demo, play or list.
term-fault-dumb = This terminal cannot move its cursor (TERM=dumb).
    .next = Open the desk in another terminal, or set TERM to what yours is, for example xterm.
term-fault-refused = The terminal cannot be set up: { io-why }.
    .next = Close this window and open another.

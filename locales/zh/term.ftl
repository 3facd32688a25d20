# 终端：为什么打不开；.next 是该怎么办。

term-fault-not-a-terminal = 前台要在终端里打开。
    .next = 用 ssh 登录时请加 -t；在脚本里请用 frontdesk demo、play 或 list。
term-fault-dumb = 这个终端不能移动光标（TERM=dumb）。
    .next = 换一个终端，或把 TERM 设成实际的终端类型，例如 xterm。
term-fault-refused = 终端设置失败：{ io-why }。
    .next = 关掉这个窗口，重新打开一个。

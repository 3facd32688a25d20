### 工作台服务：连接、查看、关闭。

fault-line-lost = 与工作台服务的连接断了，不能确定刚才这一步是否完成。
    .next = 已填写的内容不会丢，连上后会自动重新提交。
fault-busy = 工作台服务正忙，没有答复，也没有显示任何内容。
    .next = 请稍等再试。

join-fault-not-there = 这个数据目录没有正在运行的工作台服务。
    .next = 第一个会话打开时会自动启动，运行 frontdesk 即可。
join-fault-other-contract = 正在运行的工作台服务属于另一个版本（协议 { $contract }）。
    .next = 如果程序刚升级，请运行 frontdesk hub drain，已打开的会话会保留表单；否则请使用与其他人相同的版本。
join-fault-stranger = 应答的工作台服务属于另一个账户（用户号 { $uid }）。
    .next = 没有向它发送任何内容。请告诉管理员。
join-fault-no-hub = 应答的不是工作台服务。
    .next = 请把所用的数据目录告诉管理员。
join-fault-full = 工作台服务的会话数已满。
    .next = 请关掉不用的会话后再试。
join-fault-stopped = 管理员已停止工作台服务。
    .next = 请等它重新启动。
join-fault-not-started = 工作台服务刚启动就退出了。
    .next = 请运行 frontdesk hub 查看原因。
join-fault-other-clock = 工作台服务正在运行，它的时钟不是这个时间。
    .next = --clock 只对用它启动的工作台服务有效：请先运行 frontdesk hub stop，或去掉 --clock。

hub-ready = 已就绪，会话从 { $path } 接入
hub-drained = 工作台服务已关闭。已打开的会话会自动启动新的服务并继续工作。
hub-stopped = 工作台服务已关闭。已打开的会话会等它重新启动。
hub-no-group = 本机没有用户组 { $name }。
    .next = 请建立这个用户组，或改正本机配置文件里的 group。
hub-not-yours = 这个工作台服务属于另一个账户。
    .next = 请用数据目录所属的账户运行。
hub-not-a-hub = 占着工作台服务位置的程序并没有打开数据，没有动它。
    .next = 请查明是哪个程序，自行结束。
hub-status = 进程 { $pid }，版本 { $program }，协议 { $contract }，已运行 { $minutes } 分钟
hub-status-work = 会话 { $sessions } 个，请求 { $requests } 次，修改 { $changes } 次，写入 { $frames } 帧（每帧 { $together } 次）
hub-status-room = 日志到第 { $seq } 条，内存 { $memory } MB，磁盘剩余 { $free } MB
hub-session = { $operator }：进程 { $pid }，账户 { $uid }，{ $minutes } 分钟
hub-session-nobody = （无人登录）：进程 { $pid }，账户 { $uid }，{ $minutes } 分钟

help-hub = 为所有会话服务的工作台服务：在此运行，或查看、关闭
    .detach = 脱离终端独立运行
help-hub-status = 显示谁在使用、运行情况如何
help-hub-drain = 关闭工作台服务，会话会启动新的服务并继续
help-hub-stop = 关闭工作台服务，会话等它重新启动

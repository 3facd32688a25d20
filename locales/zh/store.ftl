# 存储：出了什么事，下一步怎么办（.next）。

fault-full = 磁盘已满，{ $path } 写不进去。
    .next = 请腾出空间后再试；已显示保存的内容都在。
fault-read-only = { $path } 所在的磁盘只能读，不能写。
    .next = 请联系系统管理员恢复写入权限，再重新打开。
fault-damaged = { $what ->
        [journal] 日志文件有损坏（{ $place }）。
        [frame] 日志中的一条记录有损坏（{ $place }）。
        [needed] 日志中的一条记录有损坏（{ $place }），缺了它无法重建当前数据。
        [keys] 密钥文件有损坏（{ $place }）。
        [sealed] 一段加密内容无法核对（{ $place }）。
        [checkpoint] 检查点文件有损坏（{ $place }）。
        [value] 一条记录的内容与校验不符（{ $place }）。
        [archive] 备份文件有损坏（{ $place }）。
        [search] 搜索索引的一个文件有损坏（{ $place }）。
       *[rows] 当前数据与校验不符（{ $place }）。
    }
    .next = { $what ->
        [needed] 请先把数据目录原样整个复制一份，再从备份中把这个文件放回 journal/，重新打开。
        [journal] 请先把数据目录原样整个复制一份，再从备份中放回最新的 journal/，重新打开。
        [archive] 请换一份备份；这一份无法恢复。
        [search] 请关闭后重新打开，搜索索引会由记录重新生成；记录本身没有影响。
       *[other] 请运行 frontdesk verify 查看范围，先把数据目录整个复制一份，再作修复。
    }
fault-foreign = { $path } 不是本程序的数据。
    .next = 请换一个空目录，或核对数据目录的路径。
fault-newer = 数据由更新的版本写成（格式 { $found }，本版本只认识到 { $known }）。
    .next = 请升级程序后再打开；数据没有动过。
fault-absent = { $path } 里还没有数据。
    .next = 请先运行 frontdesk init 建立，或核对数据目录的路径。
fault-exists = { $path } 里已经有数据。
    .next = 请直接打开，或换一个空目录新建。
fault-locked = { $holder ->
        [unknown] 数据目录 { $path } 正被另一个程序使用。
       *[other] 数据目录 { $path } 正被另一个程序使用（进程号 { $holder }）。
    }
    .next = 请先退出那一个，再重新打开。
fault-too-large = 内容过长：{ $size } 字节，上限为 { $limit } 字节。
    .next = 请缩短内容，或分成几条登记。
fault-io = { $what ->
        [read] 读取 { $path } 失败：{ io-why }
        [write] 写入 { $path } 失败：{ io-why }
        [sync] { $path } 未能确认写入磁盘：{ io-why }
        [open] 打开 { $path } 失败：{ io-why }
        [list] 查看目录 { $path } 失败：{ io-why }
        [make] 新建 { $path } 失败：{ io-why }
        [rename] 更名 { $path } 失败：{ io-why }
        [remove] 删除 { $path } 失败：{ io-why }
        [lock] 锁定 { $path } 失败：{ io-why }
        [random] 系统未能给出随机数：{ io-why }
       *[measure] 未能得知 { $path } 的剩余空间：{ io-why }
    }
    .next = 请核对目录权限和磁盘状态，再试一次。
fault-not-saved = 没有保存：{ io-why }
    .next = 数据没有变化，请再试一次。
fault-not-saved-full = 没有保存：磁盘已满。
    .next = 数据没有变化，请腾出空间后再保存。
fault-unknown = 不能确定是否已经保存：磁盘没有确认写入。
    .next = 请退出后重新打开，先查一下这一条在不在，再决定要不要重新登记。
fault-stopped = 上一次写入失败，存储已停用。
    .next = 请退出后重新打开；已显示保存的内容都在。
fault-no-frame = 日志中没有第 { $seq } 条。
    .next = 请核对序号。
fault-key-gone = 该主体的密钥已销毁（第 { $slot } 号），内容不可恢复。
    .next = 销毁依据见销毁证明。

note-torn-tail = 上次中断时有一条记录没有写完，已截去 { $bytes } 字节（{ $segment }）。该条从未显示为已保存。
note-journal-damaged = 日志 { $segment } 自第 { $offset } 字节起有 { $bytes } 字节无法读取；其后的记录不受影响。请运行 frontdesk verify 查看缺了哪些。
note-keys-damaged = 密钥文件中有 { $count } 个密钥无法读取（自第 { $first } 号起），用它们加密的个人信息无法恢复。
note-checkpoint-damaged = 检查点 { $file } 有损坏，已改用前一个。
note-half-snapshot = 已清除上次启动时没有写完的快照（{ $count } 个），数据不受影响。
note-snapshots-aside = 快照无法使用，已移开 { $count } 个并改为从日志读取，数据不受影响。
note-state-kept-aside = { $why ->
        [panic] 当前数据打不开
        [sum] 当前数据与校验不符
       *[corrupt] 当前数据有损坏
    }，已留存到 { $path }，并由检查点和日志重建。

# 系统对文件操作的答复，用在别的句子里。
io-why = { $why ->
        [not-found] 不存在
        [denied] 当前账户没有权限
        [exists] 已经存在
        [folder] 这是一个目录
        [no-folder] 路径中有一段不是目录
        [read-only] 磁盘只读
        [full] 磁盘已满
        [no-text] 不是 UTF-8 文字
        [too-large] 文件太大
        [bad-name] 名称太长或不允许
        [timed-out] 等候超时
        [nobody] 对方没有应答
        [ends] 内容不完整
        [memory] 内存不足
        [device] 磁盘或线路没有应答
        [files] 打开的文件太多
       *[other] { $why }
    }

### 命令行
yes = 是
cli-file = 读写不了 { $path }：{ $why }。
    .next = 请核对路径和权限。
cli-output = 输出写不出去：{ $why }。
cli-no-home = 不知道数据放在哪里：没有家目录。
    .next = 请用 --data 指定数据目录，或设置 FRONTDESK_DATA。
cli-which-operator = 不知道是谁在操作：有好几位操作员。
    .next = 请用 --as 写明登录名：{ $logins }。
cli-odd-answer = 前台给出了意料之外的回答。
cli-nothing-found = 没有找到。
cli-no-screen = 打不开界面。

usage-value = “{ $argument }”的值“{ $value }”不对。
usage-unknown-argument = 没有“{ $argument }”这个参数。
usage-unknown-command = 没有“{ $argument }”这个命令。
usage-missing = 少了参数：{ $argument }。
usage-conflict = “{ $argument }”不能和别的参数同时用。
usage-other = 命令写得不对。
usage-nearest = 可用：{ $nearest }。
usage-next = 用 frontdesk --help 查看用法。
usage-time = “{ $value }”不是时间。
    .next = 写成 "2024-06-06 15:00"。
usage-day = “{ $value }”不是日期。
    .next = 写成 2024-06-06。
usage-kind = 没有“{ $value }”这种记录。
    .next = 可用：{ $known }。
usage-filter = 没有“{ $value }”这个筛选。
    .next = 可用：current、all、open、closed、late、key、retired、on-loan、on-shelf、kind=种类、state=状态。
usage-number = “{ $value }”不是编号。
    .next = 写成 IN-2026-00123。
usage-encoding = 没有“{ $value }”这种编码。
    .next = 可用：utf-8、gb18030、gbk、big5、utf-16le 等。
usage-role = 没有“{ $value }”这个岗位。
    .next = 可用：{ $known }。
usage-size = “{ $value }”不是屏幕大小。
    .next = 写成 80x24。
usage-head = “{ $value }”不是校验值。
    .next = 写出 64 位十六进制的校验值，或它的前至少 8 位。

init-done = 已建好：{ $site }，在 { $path }；第一位操作员的登录名是 { $login }。
export-done = 已导出 { $count } 条到 { $path }。
import-encoding = 编码：{ $encoding }。列与字段这样对应（附第一行）：
import-encoding-guessed = 编码猜是 { $encoding }；若下面是乱码，请用 --encoding 指明。列与字段这样对应（附第一行）：
import-place = 第 { $line } 行：
import-place-column = 第 { $line } 行第 { $column } 列（{ $header }）：
import-done = 读了 { $read } 行，导入 { $imported } 条，退回 { $rejected } 条。如要撤回：frontdesk import undo { $import }
import-would = 试运行：读了 { $read } 行，会导入 { $imported } 条，会退回 { $rejected } 条。什么都没有写入。
import-undone = { $import } 已整批撤回，编号不再使用。
operator-saved = 已保存 { $number }。

report-operator = 经办人
report-count = 件数
report-mean = 平均
report-median = 中位
report-longest = 最长

rpc-too-long = 这一行太长，没有读。
rpc-not-text = 这一行不是 UTF-8 文字。
rpc-not-understood = 读不懂这一行：{ $detail }。
rpc-do-or-look = 每个请求要有“do”或“look”其中一个。

keys-clean = 键位没有问题。
keys-faulty = 键位有 { $count } 处问题。
    .next = 请照上面各行改正。
profile-clean = { $file } 没有问题（以 { $profile } 方案为底）。

verify-clean = 核对无误：{ $frames } 帧，{ $records } 条记录，校验值 { $head }。
verify-faulty = 核对出 { $count } 处不符。
    .next = 请先停用并备份数据目录，再查上面各行。

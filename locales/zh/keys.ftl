# 按键：操作和按键层的名称，按键表与按键脚本里的错误。

## 操作：帮助、命令面板和页脚里的叫法。

action-new-call = 来电登记
action-new-letter = 来信登记
action-new-visit = 来访登记
action-make-complaint = 转投诉
action-attach-customer = 关联客户
action-close-intake = 办结
action-new-complaint = 投诉登记
action-assign-complaint = 派单
action-answer-complaint = 答复
action-close-complaint = 结案
action-new-file = 立卷
action-check-out = 借出
action-check-in = 归还
action-toggle-register = 案卷／借阅登记
action-new-customer = 新增客户
action-mark-key = 重点客户
action-confirm-card = 核对卡片
action-retire = 停用
action-key-only = 只看重点客户
action-call-of = 此客户来电
action-up = 上移
action-down = 下移
action-page-up = 上一页
action-page-down = 下一页
action-first = 第一行
action-last = 最后一行
action-open = 打开
action-new = 新建
action-edit = 修改
action-find = 查找
action-filter = 筛选
action-sort = 排序
action-clear-filter = 显示全部
action-include-retired = 含已办结
action-history = 修改记录
action-save = 保存
action-save-and-new = 保存并继续
action-next-field = 下一项
action-prev-field = 上一项
action-pick = 选择
action-repeat-last = 同上一条
action-leave = 离开（存草稿）
action-discard = 丢弃草稿
action-caret-left = 左移一字
action-caret-right = 右移一字
action-word-left = 左移一词
action-word-right = 右移一词
action-line-start = 行首
action-line-end = 行尾
action-line-up = 上一行
action-line-down = 下一行
action-select-left = 向左选
action-select-right = 向右选
action-select-all = 全选
action-backspace = 删前一字
action-delete = 删后一字
action-delete-to-end = 删到行尾
action-clear-field = 清空本项
action-undo = 撤销
action-redo = 重做
action-new-line = 换行
action-accept = 确定
action-cancel = 取消
action-go-intake = 受理
action-go-complaints = 投诉
action-go-archive = 档案
action-go-customers = 客户
action-next-tab = 下一页签
action-prev-tab = 上一页签
action-help = 帮助
action-palette = 全部命令
action-drafts = 草稿
action-explain-date = 期限怎么算
action-handling-report = 办理时长
action-notices = 提示
action-switch-operator = 换人
action-switch-language = English
action-redraw = 重画屏幕
action-quit = 退出

## 按键层：帮助和按键检查里的叫法，名称里的点写成连字符。

layer-field = 输入框
layer-form = 表单
layer-popup = 弹窗
layer-pane-intake = 受理
layer-pane-complaints = 投诉
layer-pane-archive = 档案
layer-pane-customers = 客户
layer-list = 列表
layer-global = 各处

## 按键表里的错误；.next 是该怎么改。

keymap-fault-syntax = 这一行不合 TOML 格式：{ $message }。
    .next = 按键和操作都要加引号："Ctrl+E" = "edit"。
keymap-fault-unknown-preset = 没有“{ $name }”这套按键。
    .next = { $nearest ->
        [none] 可用的有 default、vim、emacs、greenscreen、empty。
       *[other] 是不是“{ $nearest }”？
    }
keymap-fault-unknown-section = 没有“{ $name }”这一节。
    .next = { $nearest ->
        [none] 可用的有 global、list、form、field、popup、pane.intake、pane.complaints、pane.archive、pane.customers。
       *[other] 是不是“{ $nearest }”？
    }
keymap-fault-homeless = “{ $keys }”不在任何一节里。
    .next = 把这一行移到 [list]、[global] 等节的下面。
keymap-fault-not-an-action = “{ $keys }”后面不是操作名。
    .next = 操作名要加引号："{ $keys }" = "edit"；想取消这个键，用 unbind = ["{ $keys }"]。
keymap-fault-unknown-action = 没有“{ $name }”这个操作。
    .next = { $nearest ->
        [none] 运行 frontdesk keys 可看到全部操作名。
       *[other] 是不是“{ $nearest }”？
    }
keymap-fault-bad-key = “{ $name }”不是按键。
    .next = { $nearest ->
        [none] 按键写成 n、F2、Enter、Ctrl+S；先后几个键用空格隔开：Ctrl+X Ctrl+S。
       *[other] 是不是“{ $nearest }”？
    }
keymap-fault-bad-unbind = unbind 后面要列出加引号的按键。
    .next = 写成 unbind = ["F5", "g g"]；整节取消写 unbind = ["*"]。
keymap-fault-nothing-to-unbind = “{ $keys }”在这一节本来就没有用。
    .next = 从 unbind 里删掉，或移到有这个键的那一节。
keymap-fault-twice = 第 { $line } 行已把“{ $keys }”定为“{ $action }”。
    .next = 两行只留一行。
keymap-fault-shadowed = “{ $keys }”和“{ $other }”开头相同，“{ $other }”已定为“{ $action }”（{ $place }）。
    .next = 换别的键，或在本节的 unbind 里加上“{ $other }”。
keymap-fault-never-arrives = 终端把 { $key } 当成 { $arrives } 送来。
    .next = 改用 { $arrives }，或换别的键。
keymap-fault-is-text = “{ $keys }”在输入框里是打字。
    .next = 换成功能键或 Ctrl 组合键，或放到别的节。
keymap-fault-wrong-layer = 这一节里用不上“{ $action }”。
    .next = 把这一行移到 [{ $layer }]。

## 整套按键的问题。

keymap-finding-unreachable = [{ $layer }] 里没有键能执行“{ $action }”。
    .next = 在那里给它定一个键。
keymap-finding-unsafe = [{ $layer }] 里的“{ $action }”只有 { $keys }，有的终端送不到，或被输入法截走。
    .next = 再加一个 F2 到 F9 或 Ctrl 组合键。
keymap-finding-hidden = “{ $keys }”（[{ $layer }] 的 { $action }）在 [{ $other-layer }] 里不起作用：{ $other-action } 用了同样的开头。
    .next = 两个改一个。

## 按键脚本里的错误。

script-fault-unknown-key = 第 { $column } 列：“{ $name }”不是按键。
    .next = { $nearest ->
        [none] 要打“<”本身，请写 <lt>。
       *[other] 是不是 <{ $nearest }>？
    }
script-fault-unclosed = 第 { $column } 列：“<”没有对应的“>”。
    .next = 补上“>”；要打“<”本身，请写 <lt>。
script-fault-unclosed-paste = 第 { $column } 列：<paste> 没有对应的 </paste>。
    .next = 在粘贴内容结束处补上 </paste>。
script-fault-control = 第 { $column } 列：有控制字符。
    .next = 写成按键：<enter>、<tab>、<esc>。

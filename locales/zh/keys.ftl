# 按键：操作和按键层的名称，按键表与按键脚本里的错误。

## 操作：帮助、命令面板和页脚里的叫法。

action-new-call = 来电登记
    .help = 登记一个来电；从按下这个键开始计时
action-new-letter = 来信登记
    .help = 登记一封来信
action-new-visit = 来访登记
    .help = 登记一次来访；从按下这个键开始计时
action-make-complaint = 转投诉
    .help = 把选中的这条转为投诉，内容带过去
action-attach-customer = 关联客户
    .help = 认出来电人是哪位客户，挂到客户名下
action-close-intake = 办结
    .help = 登记处理结果，办结选中的这条
action-next-of-repair = 下一步
    .help = 报修的下一个环节：响应、解决、答复
action-steps-of-repair = 全部环节
    .help = 列出这条报修现在可以办的每个环节
action-new-complaint = 投诉登记
    .help = 直接登记一件投诉
action-assign-complaint = 派单
    .help = 把选中的投诉派给部门和经办人；有时限的从此计算
action-answer-complaint = 答复
    .help = 登记给投诉人的答复
action-close-complaint = 投诉办结
    .help = 答复之后办结
action-withdraw-complaint = 撤诉
    .help = 投诉人撤回投诉，编号保留
action-next-step = 下一步
    .help = 所选投诉或措施轮到的下一步，打开它的表单
action-steps = 全部环节
    .help = 所选投诉或措施现在能办的每一步，带依据
action-new-measure = 拟定措施
    .help = 为所选投诉拟定纠正或预防措施
action-toggle-measures = 投诉或措施
    .help = 在投诉和措施两张表之间切换
action-go-approvals = 审批
    .help = 到审批页：等我同意的一切
action-approve = 同意
    .help = 打开所选事项的批准表单
action-decline = 退回
    .help = 写明原因，退回所选事项
action-acknowledge-major = 知悉重大投诉
    .help = 确认已看到屏幕上方的重大投诉
action-add-to-open = 并入已有的
    .help = 不另立一条，把内容补记到旁边列出的那一条
action-new-file = 新建档案
    .help = 建立一份档案
action-check-out = 借出
    .help = 借出选中的档案，登记借阅人、份数、事由和应还日期
action-check-in = 归还
    .help = 归还：全部归还后从未还清单划去，登记仍在
action-scan = 扫码
    .help = 扫码枪逐份扫标签：归还借出的档案；选中盘点记录时逐柜清点。
action-toggle-register = 档案／借阅登记
    .help = 在档案和借阅登记之间切换
action-registers = 选择登记册
    .help = 选择本页的登记册
action-next-of-archive = 下一步
    .help = 这条档案记录的下一个环节
action-steps-of-archive = 全部环节
    .help = 列出这条档案记录可以办的每个环节
action-request-access = 申请查阅借阅
    .help = 申请查阅、借阅、复制、携带或对外提供所选档案
action-new-customer = 客户登记
    .help = 登记一位客户
action-mark-key = 重点客户
    .help = 标为重点客户，或取消；有记录
action-confirm-card = 核对资料
    .help = 核对无误：资料核对日期记为今天
action-retire = 停用
    .help = 不再有用的客户移出常用清单；不会删除
action-key-only = 只看重点客户
    .help = 只列重点客户，再按列全部
action-call-of = 此客户来电
    .help = 登记选中客户的来电
action-up = 上移
action-down = 下移
action-page-up = 上一页
action-page-down = 下一页
action-first = 第一行
action-last = 最后一行
action-open = 打开
    .help = 看整条记录和它的修改记录
action-new = 新建
    .help = 新建一条
action-edit = 修改
    .help = 修改选中的这条
action-find = 查找
    .help = 按编号、电话头尾、姓名、拼音、车牌、房号、内容查找
action-filter = 筛选
    .help = 按状态或类别筛选
action-sort = 排序
    .help = 换一种排列次序
action-clear-filter = 显示全部
    .help = 取消筛选和查找
action-include-retired = 含停用客户
    .help = 把停用的客户也列出来
action-history = 修改记录
    .help = 每次改了什么、谁改的、什么时候
action-reveal = 显示完整信息
    .help = 显示这条记录里遮住的内容一分钟，再按遮住；会记入查阅记录
action-remark = 批注
    .help = 给这条记录加批注，原记录不变
action-export = 导出
    .help = 把现在列出的记录导出成文件（XLSX、CSV、JSON lines）
action-mark = 选中
    .help = 选中或取消选中这一行，用来一次办理多条
action-mark-shown = 选中本页
    .help = 选中屏幕上的全部行；已全部选中时取消
action-print = 打印
    .help = 把选中的投诉或当天登记打印成表单
action-urge-complaint = 催办
    .help = 催促责任人；选中多条时一起催办
action-save = 保存
    .help = 保存；写到盘上才算保存
action-save-and-new = 保存并继续
    .help = 保存，接着登记下一条
action-next-field = 下一项
    .help = 到下一项
action-prev-field = 上一项
    .help = 到上一项
action-pick = 选择
    .help = 列出这一项可选的值
action-repeat-last = 同上一条
    .help = 填入上一条记录这一项的内容
action-last-customer = 上一位客户
    .help = 填入刚才保存或打开过记录的那位客户
action-phrases = 标准用语
    .help = 本单位的标准用语，再按一个数字即插入光标处
action-leave = 离开（存草稿）
    .help = 离开表单；已填的存为草稿
action-discard = 丢弃草稿
    .help = 丢弃这张表单和它的草稿，会先问一句
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
action-take-mine = 用我填的
    .help = 这一项用自己填的
action-take-theirs = 用现在的
    .help = 这一项用记录里现在的
action-all-mine = 全用我填的
    .help = 各项都用自己填的
action-all-theirs = 全用现在的
    .help = 各项都用记录里现在的
action-go-intake = 来访来电
    .help = 到来访来电
action-go-complaints = 投诉
    .help = 到投诉
action-go-archive = 档案
    .help = 到档案
action-go-customers = 客户
    .help = 到客户
action-next-tab = 下一页签
    .help = 到下一个页签
action-prev-tab = 上一页签
    .help = 到上一个页签
action-help = 帮助
    .help = 本页的按键、操作和所依据的条款
action-palette = 全部命令
    .help = 按名称查找并执行任何操作
action-drafts = 草稿
    .help = 没填完的表单，接着填
action-explain-date = 期限怎么算
    .help = 选中记录的期限一天一天怎么算出来的
action-analysis = 统计分析
    .help = 看一个季度的投诉统计，打开数字背后的清单，填写部门分析，上报；在档案页，看各部门各类别的档案数和待归档的资料。
action-monthly-reports = 月度报表
    .help = 档案收发存、新车档案、客户资料来源、档案处罚；可逐月翻看，打开数字背后的清单。
action-handling-report = 话务处理时长
    .help = 各操作员从接起到保存的时长
action-import = 导入
    .help = 把文件里的资料导入：选文件、核对各列、试运行，再导入
action-imports = 以往的导入
    .help = 看以往的导入，可以整批撤回
action-notices = 提示
    .help = 打开数据和按键表时的提示
action-lock = 锁屏
    .help = 离开座位时锁屏，屏上不留客户资料
action-veil = 遮屏
    .help = 遮住整个屏幕，再按一次恢复；通话和正在填的内容照旧。
action-take-call = 接听
    .help = 接听屏幕上方显示的来电，号码自动填好；正在填的表单存为草稿。
action-switch-operator = 换操作员
    .help = 换一位操作员
action-sign-out = 退出登录
    .help = 让出座位；没填完的表单留作草稿
action-change-password = 改密码
    .help = 改自己的密码
action-deputies = 代理人
    .help = 不在时由谁代办
action-switch-language = English
    .help = 改用英文
action-redraw = 重画屏幕
    .help = 屏幕乱了时重画
action-quit = 退出
    .help = 退出前台；草稿会留着

## 按键层：帮助和按键检查里的叫法，名称里的点写成连字符。

layer-field = 输入框
layer-form = 表单
layer-popup = 弹窗
layer-pane-intake = 来访来电
layer-pane-complaints = 投诉
layer-pane-archive = 档案
layer-pane-customers = 客户
layer-list = 列表
layer-global = 各处

## 按键表里的错误；.next 是该怎么改。

keymap-fault-syntax = 这一行不合 TOML 格式：{ $message }。
    .next = 按键和操作都要加引号："Ctrl+E" = "edit"。
keymap-fault-more = 从这里起还有 { $count } 处错误。
    .next = 请先改好上面的，再检查一遍。
keymap-fault-too-long = 一串键最多 { $count } 个。
    .next = 请改用短一些的键。
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
layer-pane-approvals = 审批
action-go-follow-ups = 跟进
    .help = 到跟进页：今天要联系的客户
action-new-follow-up = 安排跟进
    .help = 安排电话、拜访、约访或承诺；日期可写 +7，即 7 天后
action-do-follow-up = 办理跟进
    .help = 登记这次联系并约定下一次；待核对的资料则确认无误
action-drop-follow-up = 取消跟进
    .help = 放弃这次安排，要写原因
action-steps-of-follow-up = 全部环节
    .help = 列出所选一条可以办的每件事
action-next-of-customer = 下一步
    .help = 所选一条的下一个环节
action-steps-of-customer = 全部环节
    .help = 列出所选客户或旁边登记册里所选一条可以办的每件事
action-mark-closed = 成交客户
    .help = 标为成交客户，或取消
layer-pane-follow-ups = 跟进

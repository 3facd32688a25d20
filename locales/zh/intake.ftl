# 来访来电登记时手边要用的：标准用语、按位置提示、交接班。

field-wrap_up = 通话结果
field-add_phone = 号码记入客户
field-next_visit = 下次来访
next-declined = 客户不需要下次
popup-phrases = 标准用语
why-no-phrases = 本单位没有设置标准用语。
why-no-last-customer = 这里还没有保存或打开过客户的记录。
why-no-customer-here = 这张表单不涉及客户。
refusal-next-of-nobody = 来人还不是登记客户，不能约下次。
    .next = 把来人登记为客户，或者不填下次日期。

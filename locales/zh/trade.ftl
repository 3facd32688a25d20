# 成交、报价，以及给老客户和信用好的客户的优惠。
archive-step-new-entry = 登记成交、报价或走访
form-new-entry = 登记成交、报价或走访
title-entries-of-customer = 成交、报价、走访 { $count } 条，成交合计 { $sum } 元
granted-discount = 老客户优惠 { $amount } 元
granted-terms = 信用好的客户：{ $terms }
refusal-not-the-customer-s-file = { $number } 不是这位客户的档案。
    .next = 核对客户和档案编号，只留一个也可以。

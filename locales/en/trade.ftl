# Purchases, quotes, and what returning customers and those of good credit are granted.
archive-step-new-entry = Enter a purchase, a quote or a visit
form-new-entry = Purchase, quote or visit
title-entries-of-customer = Purchases, quotes, visits: { $count }, bought for { $sum } yuan
granted-discount = Returning customer: { $amount } off
granted-terms = Good credit: { $terms }
refusal-not-the-customer-s-file = { $number } is not a file of this customer.
    .next = Check the customer and the number of the file; one of the two is enough.

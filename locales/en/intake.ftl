# Requests written down: what is at hand meanwhile, hints by place, the hand-over of a shift.

field-wrap_up = Wrap-up
field-add_phone = Note this number
field-next_visit = Next visit
next-declined = declined
popup-phrases = Standard phrases
why-no-phrases = This site has no standard phrases.
why-no-last-customer = No customer's record was saved or opened here yet.
why-no-customer-here = No customer is named in this form.
refusal-next-of-nobody = The next visit is with nobody who is registered.
    .next = Register the caller, or leave the day empty.

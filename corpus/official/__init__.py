"""What a Chinese official document says of itself (GB/T 9704-2012), one English name for each field.

    number          发文字号    国办发〔2019〕6号, the brackets always 〔 〕 and without spaces
    issuer          发文机关    from the signature, else the printing line, else the title; several joined by 、
    date            成文日期    YYYY-MM-DD, from the signature
    signer          签发人
    addressee       主送机关    without the colon
    copies          抄送机关
    contact_office  联系单位
    contact         联系人
    phone           联系电话
    class_          办理类别    A类, B类, … of replies to proposals
    openness        公开属性    此件公开发布, 同意对外公开, …
    printed_by      印发机关    from the printing line
    printed         印发日期    YYYY-MM-DD, from the printing line
    attachments     附件        their names, joined by ；
    kind            文种        通知, 意见, 批复, … from the end of the title
    proposal        提案号      what a reply answers, as its title names it
    answered        提案名称    the title of what a reply answers

The table that government sites put above a document (发文字号：…, 发文机关：…) counts as its statement too.

A field that the document does not state is absent; nothing is guessed, and a text that is no official document has
none. The title belongs to the document itself, not to what is attached to it. Every value comes with its places.
"""

from corpus.official.describe import describe as describe
from corpus.official.statement import Description as Description
from corpus.official.statement import Statement as Statement
from corpus.official.title import heads_a_part as heads_a_part

### roles

role-general-manager = 总经理
role-property-general-manager = 物业公司总经理
role-property-centre-manager = 物业中心经理
role-leader = 领导
role-centre-management = 管理人员
role-person-in-charge = 主要负责人
role-reception = 接待人员
role-department-head = 责任部门负责人
role-customer-service = 客服人员
role-customer-service-manager = 客户服务部经理
role-information-supervisor = 客户信息主管
role-information-specialist = 客户信息专员
role-development-specialist = 客户开发专员
role-designated-keeper = 专管人员
role-borrower = 借阅人
role-unit-head = 所在单位负责人
role-relations-specialist = 客户关系专员
role-relations-adviser = 客户关系顾问
role-relations-manager = 客户关系经理
role-sales-manager = 销售经理
role-service-manager = 服务经理
role-complaint-handler = 投诉受理责任人
role-business-manager = 业务部门经理
role-customer-care = 客户关爱部
role-archive-administrator = 档案管理员
role-customer-director = 客户总监
role-sales-director = 销售总监
role-sales = 销售部
role-after-sales = 售后服务部
role-sales-consultant = 销售顾问
role-service-adviser = 服务顾问
role-regional-manager = 区域经理
role-last-invoice-issuer = 末次开票签发人
role-logistics-specialist = 物流专员
role-warehouse-keeper = 库管
role-head-of-marketing = 市场部部长
role-joint-operation-office = 人事部联营办
role-company-office = 公司办公室
role-marketing-head-office = 营销总公司
role-mine = 矿及部门
role-project-manager = 项目经理
role-key-account-manager = 大客户经理
role-operations = 运营部门
role-leasing-manager = 招商经理
role-on-duty = 当班人员
role-general-services = 综合服务部
role-head-of-leasing = 招商部负责人
role-intermediary = 中介人
role-property-consultant = 置业顾问
role-sales-site-manager = 案场经理
role-minute-taker = 会议记录人
role-administrator = 系统管理员
role-call-agent = 坐席

### profile faults

profile-fault-unknown-base = { $place }：没有名为“{ $key }”的站点方案。请从 property、dealership、leasing、call-centre、distributor、mining 中选一个。
profile-fault-unknown-base-near = { $place }：没有名为“{ $key }”的站点方案，是不是“{ $nearest }”？请改正后重新打开。
profile-fault-syntax = { $place }：文件写法有误（{ $detail }）。请改好这一行后重新打开。
profile-fault-unknown-key = { $place }：没有“{ $key }”这个设置项。请删去这一项，或对照自带方案改名。
profile-fault-unknown-key-near = { $place }：没有“{ $key }”这个设置项，是不是“{ $nearest }”？请改正后重新打开。
profile-fault-unknown-name = { $place }：“{ $key }”里的“{ $name }”不存在。请对照自带方案改正。
profile-fault-unknown-name-near = { $place }：“{ $key }”里的“{ $name }”不存在，是不是“{ $nearest }”？请改正后重新打开。
profile-fault-missing-key = { $place }：“{ $key }”缺少“{ $name }”。请补上后重新打开。
profile-fault-value = { $place }：“{ $key }”的值不对（{ $detail }）。请改正后重新打开。
profile-fault-range = { $place }：“{ $key }”应在 { $least } 到 { $most } 之间。请改正后重新打开。
profile-fault-hours = { $place }：“{ $key }”：下班时间须晚于上班时间。请改正后重新打开。

### calendar faults

calendar-fault-unreadable = 节假日文件读不懂（{ $detail }）。请换用 holiday-cn 的年度 JSON 文件。
calendar-fault-outside-year = { $year } 年的节假日文件里出现了 { $date }，不属于这一年。请核对文件后重新导入。

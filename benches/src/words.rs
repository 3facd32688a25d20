//! What made-up records say: names as they are spread among people, numbers, places and sentences.
//!
//! Everything is drawn from a seeded generator and belongs to nobody.

use fastrand::Rng;

/// Surnames with how many of ten thousand people have them, the rest of them further down.
const COMMON_SURNAMES: &[(&str, u32)] = &[
    ("李", 790),
    ("王", 740),
    ("张", 710),
    ("刘", 540),
    ("陈", 450),
    ("杨", 310),
    ("赵", 230),
    ("黄", 220),
    ("周", 210),
    ("吴", 200),
    ("徐", 170),
    ("孙", 150),
    ("胡", 130),
    ("朱", 130),
    ("高", 120),
    ("林", 120),
    ("何", 110),
    ("郭", 110),
    ("马", 105),
    ("罗", 90),
    ("梁", 85),
    ("宋", 80),
    ("郑", 80),
    ("谢", 75),
    ("韩", 70),
    ("唐", 65),
    ("冯", 65),
    ("于", 60),
    ("董", 60),
    ("萧", 58),
    ("程", 57),
    ("曹", 55),
    ("袁", 54),
    ("邓", 54),
    ("许", 54),
    ("傅", 51),
    ("沈", 50),
    ("曾", 50),
    ("彭", 48),
    ("吕", 45),
    ("苏", 43),
    ("卢", 43),
    ("蒋", 42),
    ("蔡", 40),
    ("贾", 39),
    ("丁", 37),
    ("魏", 36),
    ("薛", 35),
    ("叶", 35),
    ("阎", 34),
    ("余", 33),
    ("潘", 32),
    ("杜", 31),
    ("戴", 30),
    ("夏", 29),
    ("钟", 28),
    ("汪", 27),
    ("田", 26),
    ("任", 25),
    ("姜", 24),
    ("范", 23),
    ("方", 22),
    ("石", 21),
    ("姚", 20),
    ("谭", 19),
    ("廖", 18),
    ("邹", 17),
    ("熊", 16),
    ("金", 15),
];
/// Each as rare as the next.
const RARE_SURNAMES: &[&str] = &[
    "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟", "龙",
    "万", "段", "雷", "钱", "汤", "尹", "黎", "易", "常", "武", "乔", "贺", "赖", "龚", "文", "单",
    "仇", "解", "查", "朴", "区", "盖", "华", "缪", "翟", "欧阳", "上官", "司徒", "诸葛", "皇甫",
    "尉迟", "司马", "东方", "夏侯",
];
const GIVEN: &str = "伟强军磊涛斌鹏辉浩宇杰俊峰波勇刚健超明亮志建国文博凯航锋龙飞平东海山松林森岩武胜\
    成康旭昊晨睿毅恒彬栋轩泽瀚铭钧鑫祥瑞诚达芳娜敏静丽娟艳秀玲燕红霞梅兰莉萍雪琳颖慧洁婷倩蕾薇菲\
    岚璐瑶怡妍欣悦雯佳晴晓月云彩春秋荷菊莲蓉茜芸琪琼珊珍翠素淑贞惠宁然诗子梓一思雨涵嘉若心语桐辰";
const MOBILE: &[&str] = &[
    "130", "131", "132", "133", "134", "135", "136", "137", "138", "139", "150", "151", "152",
    "153", "155", "156", "157", "158", "159", "166", "173", "175", "176", "177", "178", "180",
    "181", "182", "183", "185", "186", "187", "188", "189", "191", "195", "198", "199",
];
const AREAS: &[&str] = &["010", "021", "0571", "0755", "028", "0512", "029", "0411"];
const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云陕甘青宁新";
const ROADS: &[&str] = &[
    "桂雨路",
    "听涛街",
    "青石巷",
    "望山大道",
    "柳浪路",
    "银杏路",
    "晚枫街",
    "清溪路",
    "白鹭大道",
    "星河街",
    "松风路",
    "梨园路",
    "碧波街",
    "丰禾路",
];
const TIMES: &[&str] = &[
    "昨天晚上",
    "今天早上",
    "上周末",
    "前天下午",
    "这几天",
    "一个月以来",
    "刚才",
    "午休时间",
    "凌晨",
    "雨后",
    "春节前",
    "连续三天",
    "每到周末",
    "入住以后",
];
const THINGS: &[&str] = &[
    "电梯",
    "水管",
    "楼道灯",
    "门禁",
    "车位",
    "空调外机",
    "消防通道",
    "垃圾桶",
    "监控探头",
    "下水道",
    "水表",
    "电表",
    "燃气阀",
    "单元门",
    "围墙",
    "绿化带",
    "健身器材",
    "儿童滑梯",
    "充电桩",
    "道闸",
    "地下车库",
    "阳台窗户",
    "防盗门",
    "对讲机",
    "信报箱",
    "快递柜",
    "屋面防水",
    "外墙瓷砖",
    "化粪池",
    "配电箱",
    "热水器",
    "暖气片",
    "消火栓",
    "路面",
    "井盖",
    "宠物",
    "装修队",
    "保洁员",
    "保安",
    "广场舞",
    "收费单",
    "发票",
    "装修押金",
    "公共收益",
    "维修资金",
    "钥匙",
    "卡",
    "档案",
    "合同",
];
const TROUBLES: &[&str] = &[
    "坏了",
    "漏水",
    "堵塞",
    "不亮",
    "刷不开",
    "被占",
    "噪音很大",
    "有异味",
    "没有人清理",
    "破损",
    "脱落",
    "松动",
    "反复跳闸",
    "没有反应",
    "水压太小",
    "收费不清楚",
    "迟迟没有答复",
    "态度不好",
    "影响休息",
    "存在安全隐患",
    "一直没有修好",
    "又出现同样的情况",
    "找不到负责人",
    "没有按时到场",
    "照片已经发给管家",
    "温度太低",
    "不能正常使用",
    "显示错误",
    "卡住了",
    "多扣了钱",
];
const WISHES: &[&str] = &[
    "请尽快派人上门",
    "希望书面答复",
    "要求退还费用",
    "请核实后回电",
    "需要预约时间",
    "下午在家",
    "先打电话再来",
    "请主管回复",
    "要求说明原因",
    "已经是第二次反映",
    "住户很着急",
    "请告知处理进度",
    "希望加强巡查",
    "建议增加人手",
    "同意周末上门",
    "家里有老人和孩子",
    "请不要在午休时施工",
    "愿意承担材料费",
    "要求查看监控",
    "请转给工程部",
    "请登记备案",
];
const LATIN: &[&str] = &[
    "WiFi",
    "APP",
    "POS",
    "ETC",
    "VIP",
    "LED",
    "PVC",
    "GPS",
    "invoice",
    "parking",
    "repair",
    "reception",
    "contract",
    "elevator",
    "water",
    "refund",
];
/// Two of these make a word that one text in some hundred thousand has.
const RARE: &str = "琉璃蜻蜓蝴蝶鹦鹉琵琶翡翠玛瑙珊瑚橄榄柠檬樱桃枇杷葡萄菠萝芒果榴莲柚橘杏桑榆槐楠梧柏\
    樟桦椿枫榕棕藤蕨苔藓菌菇笋藕荸荠菱莴苣茴芥韭蒜姜葱椒茄椰榛栗枣柿橙梨鲤鲫鲈鳜鳝鳗鲍虾蟹蚌蛤螺\
    贝鹤鹭鹰雁燕鸥鸽鹊鸦雀莺鹂鹃鸳鸯鹅";
/// Of a hundred texts so many have such a word.
const WITH_RARE: u8 = 20;

fn pick<'a>(rng: &mut Rng, from: &[&'a str]) -> &'a str {
    from.get(rng.usize(..from.len()))
        .copied()
        .unwrap_or_default()
}

fn character(rng: &mut Rng, from: &str) -> char {
    let count = from.chars().count();
    from.chars().nth(rng.usize(..count)).unwrap_or('一')
}

/// A surname, as often as it is.
pub fn surname(rng: &mut Rng) -> &'static str {
    let mut place = rng.u32(..10_000);
    for (name, share) in COMMON_SURNAMES {
        if place < *share {
            return name;
        }
        place -= share;
    }
    pick(rng, RARE_SURNAMES)
}

/// A name: four of five given names have two characters.
pub fn name(rng: &mut Rng) -> String {
    let mut name = surname(rng).to_owned();
    name.push(character(rng, GIVEN));
    if rng.u8(..5) > 0 {
        name.push(character(rng, GIVEN));
    }
    name
}

/// A telephone; one in twenty is at a fixed line.
pub fn phone(rng: &mut Rng) -> String {
    if rng.u8(..20) == 0 {
        let area = pick(rng, AREAS);
        let digits = if area.len() == 3 { 8 } else { 11 - area.len() };
        let low = 10_u32.pow(u32::try_from(digits).unwrap_or(7) - 1);
        return format!("{area}{}", rng.u32(2 * low..10 * low));
    }
    format!("{}{:08}", pick(rng, MOBILE), rng.u32(..100_000_000))
}

/// The plate of a car.
pub fn plate(rng: &mut Rng) -> String {
    let mut plate = character(rng, PROVINCES).to_string();
    plate.push(char::from(b'A' + rng.u8(..8)));
    for _ in 0..5 {
        plate.push(character(rng, "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"));
    }
    plate
}

/// A unit: building, entrance, room.
pub fn place(rng: &mut Rng) -> String {
    let (building, entrance) = (rng.u8(1..=60), rng.u8(1..=4));
    format!(
        "{building}-{entrance}-{}{:02}",
        rng.u8(1..=33),
        rng.u8(1..=8)
    )
}

/// An address.
pub fn address(rng: &mut Rng) -> String {
    format!("{}{}号", pick(rng, ROADS), rng.u16(1..800))
}

/// Two characters that hardly any text has beside each other.
pub fn rare(rng: &mut Rng) -> String {
    [character(rng, RARE), character(rng, RARE)]
        .iter()
        .collect()
}

/// Two characters that many texts have beside each other.
pub fn common(rng: &mut Rng) -> &'static str {
    pick(
        rng,
        &[
            "电梯", "漏水", "门禁", "车位", "噪音", "收费", "监控", "保洁", "消防", "上门",
        ],
    )
}

/// A word in Latin letters that texts have.
pub fn latin(rng: &mut Rng) -> &'static str {
    pick(rng, LATIN)
}

/// A thing that texts are about.
pub fn thing(rng: &mut Rng) -> &'static str {
    pick(rng, THINGS)
}

/// A text of so many characters.
pub fn text(rng: &mut Rng, characters: usize) -> String {
    let mut text = String::with_capacity(characters * 3);
    let mut count = 0;
    let mut add = |part: &str, text: &mut String| {
        count += part.chars().count();
        text.push_str(part);
        count
    };
    let mut rare_word = (rng.u8(..100) < WITH_RARE).then(|| rare(rng));
    loop {
        add(pick(rng, TIMES), &mut text);
        add(pick(rng, THINGS), &mut text);
        add(pick(rng, TROUBLES), &mut text);
        if rng.u8(..6) == 0 {
            add(pick(rng, LATIN), &mut text);
        }
        if rng.u8(..4) == 0 {
            add(&format!("{}号楼", rng.u8(1..60)), &mut text);
        }
        if let Some(word) = rare_word.take() {
            add(&format!("，旁边的{word}店"), &mut text);
        }
        add("，", &mut text);
        add(pick(rng, WISHES), &mut text);
        if add("。", &mut text) >= characters {
            return text.chars().take(characters).collect();
        }
    }
}

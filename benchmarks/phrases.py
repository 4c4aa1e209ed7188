"""The sentences of made-up reports, in English, Indonesian and Chinese."""

from __future__ import annotations

from random import Random

from benchmarks.world import pick, word

_WORDS = {
    "en": "the of and in for with cooperation trade growth new port market capital research industry both sides "
    "will more between companies energy road plan year open support",
    "id": "yang dan di untuk dengan kerja sama perdagangan pertumbuhan baru pelabuhan pasar modal penelitian industri "
    "kedua pihak akan lebih antara perusahaan energi jalan rencana tahun buka dukungan",
    "zh": "双方 合作 贸易 增长 新 港口 市场 资本 研究 产业 将 更 企业 能源 道路 计划 今年 开放 支持 之间 和 在 的",
}
_COMMON = {language: words.split() for language, words in _WORDS.items()}
_RARE = 3000
"""How many made-up words there are beside the common ones, so that some words stand in few statements."""

SENTENCES = {
    "en": {
        "Dateline": "{publisher}, {date}",
        "Statement": "“{words},” said {name}, {role} of {body}.",
        "Statement indirect": "{name}, {role} of {body}, said that {words}.",
        "Investment": "{firm} will build {what} in {place} for {money}.",
        "Investment plain": "{firm} will build {what} in {place}.",
        "Agreement": "At the {event}, {parties} signed {what} worth {money}.",
        "Agreement plain": "At the {event}, {parties} signed {what}.",
        "Figure": "Firms from {origin} put {value} into {place} in {year}.",
        "EventDescription": "The {event} took place in {place} on {date}.",
        "SeriesDescription": "The {series} has been held every year since {year}.",
        "CompanyDescription": "{firm}, a firm from {place}, makes {what}.",
    },
    "id": {
        "Dateline": "{publisher}, {date}",
        "Statement": "“{words},” kata {name}, {role} {body}.",
        "Statement indirect": "{name}, {role} {body}, mengatakan bahwa {words}.",
        "Investment": "{firm} akan membangun {what} di {place} senilai {money}.",
        "Investment plain": "{firm} akan membangun {what} di {place}.",
        "Agreement": "Pada {event}, {parties} menandatangani {what} senilai {money}.",
        "Agreement plain": "Pada {event}, {parties} menandatangani {what}.",
        "Figure": "Perusahaan dari {origin} menanam {value} di {place} pada {year}.",
        "EventDescription": "{event} berlangsung di {place} pada {date}.",
        "SeriesDescription": "{series} diadakan setiap tahun sejak {year}.",
        "CompanyDescription": "{firm}, perusahaan dari {place}, membuat {what}.",
    },
    "zh": {
        "Dateline": "{publisher}{date}电",
        "Statement": "{body}{role}{name}说：“{words}。”",
        "Statement indirect": "{body}{role}{name}表示，{words}。",
        "Investment": "{firm}将在{place}建设{what}，投资{money}。",
        "Investment plain": "{firm}将在{place}建设{what}。",
        "Agreement": "在{event}上，{parties}签署了{what}，金额{money}。",
        "Agreement plain": "在{event}上，{parties}签署了{what}。",
        "Figure": "{year}年，来自{origin}的企业在{place}投资{value}。",
        "EventDescription": "{event}于{date}在{place}举行。",
        "SeriesDescription": "{series}自{year}年起每年举行。",
        "CompanyDescription": "{firm}是一家来自{place}的企业，生产{what}。",
    },
}

ROLES = {
    "en": ["minister", "deputy secretary", "director", "chair", "spokesperson"],
    "id": ["menteri", "wakil sekretaris", "direktur", "ketua", "juru bicara"],
    "zh": ["部长", "副秘书长", "主任", "主席", "发言人"],
}
WHATS = {
    "en": ["a plant", "a research centre", "a port terminal", "a data centre", "a battery factory", "a headquarters"],
    "id": ["pabrik", "pusat penelitian", "terminal pelabuhan", "pusat data", "pabrik baterai", "kantor pusat"],
    "zh": ["工厂", "研究中心", "港口码头", "数据中心", "电池厂", "总部"],
}
GOODS = {
    "en": ["batteries", "machine tools", "medicines", "cars", "software"],
    "id": ["baterai", "mesin perkakas", "obat-obatan", "mobil", "perangkat lunak"],
    "zh": ["电池", "机床", "药品", "汽车", "软件"],
}
UNITS = {"USD": "million US dollars", "CNY": "million yuan", "IDR": "million rupiah", "EUR": "million euros"}
"""Currencies, and how reports print millions of them."""

_MILLIONS = {
    "id": {"USD": "juta dolar AS", "CNY": "juta yuan", "IDR": "juta rupiah", "EUR": "juta euro"},
    "zh": {"USD": "百万美元", "CNY": "百万元", "IDR": "百万印尼盾", "EUR": "百万欧元"},
}


def words(random: Random, language: str) -> str:
    """Some words for somebody to say, common ones and rare ones."""
    signs = language == "zh"
    chosen = [
        word(pick(random, _RARE, 20), 3)[signs] if random.random() < 0.3 else random.choice(_COMMON[language])
        for _ in range(random.randrange(8, 24))
    ]
    return "".join(chosen) if signs else " ".join(chosen)


def millions(value: str, currency: str, language: str) -> str:
    """So many millions of a currency, as a report prints them."""
    unit = _MILLIONS.get(language, UNITS)[currency]
    return f"{value}{unit}" if language == "zh" else f"{value} {unit}"

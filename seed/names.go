package seed

var given = []string{
	"Noor", "Sam", "Ann", "Jürgen", "Lena", "Chidi", "Aiko", "Mirjam", "Olu", "Zoë", "Søren", "Ursula", "Pia", "Bo", "Tomas", "Rik",
	"Amira", "Lucie", "Ed", "Kim", "Ingrid", "Mateusz", "Çelik", "Ngozi", "Ravi", "Mei", "Tariq", "Élodie", "Hannah", "Piotr", "Yusuf", "Greta",
}

var family = []string{
	"Haddad", "Rivera", "Lee", "Weiß", "Fischer", "Okonkwo", "Tanaka", "de Vries", "Adeyemi", "Brontë", "Kjær", "Admin", "Lindqvist", "Winter", "Lindt",
	"Achterberg", "Byrne", "Park", "Blanc", "Nowak", "Yılmaz", "Eze", "Patel", "Chen", "Aziz", "Marchand", "Cohen", "Wiśniewski", "Demir", "Holm", "O’Neil",
}

var trades = []string{"Trading", "Research", "Works", "Bank", "Volunteers", "Clinic", "Press", "Toys", "Collective", "Foundation", "Shipping", "Gardens"}

var groupNames = []string{"Everyone", "Design review", "Harbour project", "Auditors", "Suppliers", "Board", "Archive", "Partners", "Readers", "Consultants"}
